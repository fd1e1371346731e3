// Keeps who acts in this tab in the tab itself, so that a reload does not make them somebody else.
// Only where nobody signs in; another tab, another browser and a shared link know nothing of it.
const KEY = "ziping-person";

export default function ({ data, setStateValue }) {
  if (data && data.name) {
    window.sessionStorage.setItem(KEY, JSON.stringify({ name: data.name, role: data.role }));
    return;
  }
  const kept = window.sessionStorage.getItem(KEY);
  if (kept) setStateValue("kept", JSON.parse(kept));
}
