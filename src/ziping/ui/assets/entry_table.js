// A table that people fill in, laid out like the printed form.
//
// What is typed belongs to the browser until the server shows it stored: answers of the server
// change only cells that nobody is typing in, so a slow answer never takes a text away.

class EntryTable {
  constructor(root) {
    this.root = root;
    this.table = make("table", "zp-entry");
    this.head = this.table.createTHead();
    this.body = this.table.createTBody();
    this.skip = make("button", "zp-skip");
    this.skip.type = "button";
    this.skip.addEventListener("click", () => this.end.focus());
    this.end = make("span", "zp-unseen"); // where the next Tab goes on behind the table
    this.end.tabIndex = -1;
    root.append(this.skip, this.table, this.end);
    this.rows = new Map(); // row id -> {id, main, note, cells: Map(title -> cell)}
    this.typed = new Map(); // row id -> Map(title -> {text, version}): not yet seen as stored
    this.body.addEventListener("input", (event) => this.type(event.target));
    this.body.addEventListener("change", (event) => this.commit(event.target));
    this.body.addEventListener("focusout", (event) => this.commit(event.target));
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("focusin", (event) => this.arrive(event.target));
    this.moved = (event) => (this.isTabbing = event.key === "Tab"); // and not by a mouse
    this.body.addEventListener("paste", (event) => this.paste(event));
  }

  // ---- what the server says -------------------------------------------------------------

  take(data, send) {
    this.send = send;
    this.version = data.version;
    for (const one of ["keydown", "pointerdown"]) document.addEventListener(one, this.moved, true);
    if (JSON.stringify(data.columns) !== JSON.stringify(this.columns)) this.drawHead(data);
    if (data.settled !== this.settled) this.typed.clear();
    this.settled = data.settled;
    this.blank = data.blank;
    this.stored = new Set(data.rows.map((row) => row.id));
    for (const row of data.rows) this.takeRow(row);
    for (const id of [...this.rows.keys()]) if (!this.stored.has(id)) this.takeRow({ id });
    this.putInOrder(data.rows.map((row) => row.id));
    this.keepBlanks();
    for (const row of this.rows.values()) {
      for (const { box } of row.cells.values()) if (box) box.disabled = Boolean(data.locked);
    }
  }

  drawHead(data) {
    this.columns = data.columns;
    this.table.setAttribute("aria-label", data.title);
    this.skip.textContent = `跳过${data.title}（在格里按 Esc 也能离开）`;
    this.end.textContent = `${data.title}之后`;
    this.body.replaceChildren();
    this.rows.clear();
    const widths = make("colgroup");
    const titles = make("tr");
    for (const column of this.columns) {
      const width = make("col");
      width.style.width = `${column.share}%`;
      widths.append(width);
      const title = make("th", "", column.title);
      title.scope = "col";
      if (column.help) title.title = column.help;
      titles.append(title);
    }
    this.table.querySelector("colgroup")?.remove();
    this.table.prepend(widths);
    this.head.replaceChildren(titles);
  }

  takeRow({ id, cells = {}, figures = {}, checks = [], name = "" }) {
    const row = this.rows.get(id) ?? this.addRow(id);
    for (const [title, cell] of row.cells) {
      if (!cell.box) {
        setText(cell.text, figures[title]?.text ?? cells[title] ?? "");
        cell.td.title = figures[title]?.hint ?? "";
        continue;
      }
      const stored = cells[title] ?? "";
      const mine = this.typed.get(id)?.get(title);
      if (mine?.text === stored) this.forget(id, title);
      const typing = document.activeElement === cell.box && cell.box.value !== cell.shown;
      if ((!mine || mine.text === stored) && !typing && cell.box.value !== stored) {
        setValue(cell.box, stored);
      }
      cell.shown = stored;
      cell.box.setAttribute("aria-label", `${name || "新的一行"} ${title}`);
    }
    this.takeChecks(row, checks);
    if (!isBlank(row)) this.dropIfGone(row);
  }

  takeChecks(row, checks) {
    const said = JSON.stringify(checks);
    if (said === row.said) return;
    row.said = said;
    row.note?.remove();
    row.note = null;
    for (const cell of row.cells.values()) {
      cell.td.classList.remove("zp-marked");
      cell.box?.removeAttribute("aria-description");
    }
    if (!checks.length) return;
    const place = make("td");
    place.colSpan = this.columns.length;
    for (const check of checks) {
      const line = make("p");
      line.append(make("span", `zp-chip ${check.style}`, check.severity), ` ${check.title}`);
      line.append(make("span", "zp-quiet", `　${check.remedy}`));
      place.append(line);
      const marked = row.cells.get(check.column);
      marked?.td.classList.add("zp-marked");
      marked?.box?.setAttribute("aria-description", `${check.severity}：${check.title}`);
    }
    row.note = make("tr", "zp-note");
    row.note.append(place);
    row.main.after(row.note);
  }

  // ---- rows -----------------------------------------------------------------------------

  addRow(id) {
    const main = make("tr", "zp-row");
    const row = { id, main, note: null, said: "[]", cells: new Map() };
    for (const column of this.columns) {
      const td = make("td", `zp-is-${column.kind}`);
      td.dataset.column = column.title;
      const text = make("span", "zp-text");
      td.append(text);
      const cell = { td, text, box: null, shown: "" };
      if (column.kind === "text") cell.box = make("textarea");
      if (column.kind === "choice") cell.box = choice(column.options);
      if (cell.box) {
        if (column.kind === "text") cell.box.rows = 1;
        cell.box.zp = { row, cell, title: column.title };
        cell.box.setAttribute("aria-label", `新的一行 ${column.title}`);
        td.append(cell.box);
      }
      main.append(td);
      row.cells.set(column.title, cell);
    }
    this.body.append(main);
    this.rows.set(id, row);
    return row;
  }

  // A row that is not stored goes, unless somebody is at work in it.
  dropIfGone(row) {
    const busy = this.typed.has(row.id) || row.main.contains(document.activeElement);
    if (busy || this.stored.has(row.id)) return;
    row.main.remove();
    row.note?.remove();
    this.rows.delete(row.id);
  }

  // Rows that stand elsewhere are moved around the one that somebody types in, never that one.
  putInOrder(ids) {
    let before = null;
    const next = () => (before ? before.nextElementSibling : this.body.firstElementChild);
    for (const row of ids.map((id) => this.rows.get(id))) {
      if (row.main.contains(document.activeElement)) {
        while (next() !== row.main) this.body.append(next());
      } else if (next() !== row.main) {
        this.body.insertBefore(row.main, next());
      }
      if (row.note) row.main.after(row.note);
      before = row.note ?? row.main;
    }
  }

  keepBlanks() {
    const all = this.ordered();
    let blanks = 0;
    while (blanks < all.length && isBlank(all[all.length - 1 - blanks])) blanks += 1;
    for (const row of all.slice(all.length - blanks + this.blank)) {
      this.dropIfGone(row);
    }
    for (; blanks < this.blank; blanks += 1) {
      this.addRow(`r${Math.random().toString(36).slice(2, 10)}`);
    }
  }

  ordered() {
    return [...this.body.querySelectorAll("tr.zp-row")].map((main) =>
      [...this.rows.values()].find((row) => row.main === main),
    );
  }

  // ---- what people do -------------------------------------------------------------------

  type(box) {
    if (!box.zp) return;
    mirror(box);
    box.zp.cell.since ??= this.version;
  }

  commit(box) {
    if (!box.zp) return;
    const { row, cell, title } = box.zp;
    const since = cell.since ?? this.version;
    delete cell.since;
    const before = this.typed.get(row.id)?.get(title);
    if (box.value === (before?.text ?? cell.shown)) return;
    const cells = this.typed.get(row.id) ?? new Map();
    cells.set(title, { text: box.value, version: Math.min(since, before?.version ?? since) });
    this.typed.set(row.id, cells);
    this.keepBlanks();
    if (this.telling) return;
    this.telling = true; // once for all cells of a pasted block
    queueMicrotask(() => this.tell());
  }

  forget(id, title) {
    const cells = this.typed.get(id);
    cells?.delete(title);
    if (cells && !cells.size) this.typed.delete(id);
  }

  tell() {
    this.telling = false;
    if (!this.typed.size) return;
    let version = this.version;
    const rows = [];
    for (const row of this.ordered()) {
      const typed = this.typed.get(row.id);
      if (!typed) continue;
      rows.push({ id: row.id, cells: Object.fromEntries([...typed].map(([k, v]) => [k, v.text])) });
      for (const one of typed.values()) version = Math.min(version, one.version);
    }
    this.send("typed", { version, rows });
  }

  leave() {
    for (const one of ["keydown", "pointerdown"]) document.removeEventListener(one, this.moved, true);
    if (this.body.contains(document.activeElement)) this.commit(document.activeElement);
    this.tell();
  }

  key(event) {
    const box = event.target;
    if (!box.zp || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const whole = box.tagName === "SELECT" || (box.selectionStart === 0 && box.selectionEnd === box.value.length);
    const atStart = whole || (box.selectionStart === 0 && box.selectionEnd === 0);
    const atEnd = whole || (box.selectionStart === box.value.length && box.selectionEnd === box.value.length);
    const steps = {
      Enter: [event.shiftKey ? null : 0, 1],
      ArrowDown: [atEnd ? 0 : null, 1],
      ArrowUp: [atStart ? 0 : null, -1],
      ArrowRight: [atEnd ? 1 : null, 0],
      ArrowLeft: [atStart ? -1 : null, 0],
    };
    if (event.key === "Escape") this.giveUp(box);
    const [right, down] = steps[event.key] ?? [null, 0];
    if (right === null || (event.shiftKey && event.key !== "Enter")) return;
    event.preventDefault();
    if (event.key === "Enter") this.commit(box);
    this.goTo(box, right, down);
  }

  // Esc takes back what was typed into the cell; with nothing to take back it leaves the table.
  giveUp(box) {
    const before = this.typed.get(box.zp.row.id)?.get(box.zp.title)?.text ?? box.zp.cell.shown;
    if (box.value === before) this.end.focus();
    setValue(box, before);
    delete box.zp.cell.since;
  }

  // A cell that Tab leads to is replaced by what is typed, as in a spreadsheet.
  arrive(box) {
    if (this.isTabbing) box.select?.();
    this.isTabbing = false;
  }

  goTo(box, right, down) {
    const line = [...box.zp.row.cells.values()].filter((cell) => cell.box);
    const rows = this.ordered();
    const row = rows[rows.indexOf(box.zp.row) + down];
    const place = line.indexOf(box.zp.cell) + right;
    const next = row && [...row.cells.values()].filter((cell) => cell.box)[place];
    if (!next) return;
    next.box.focus();
    next.box.select?.();
  }

  // A block from a spreadsheet goes into the cells to the right and below.
  paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const box = event.target;
    if (!box.zp || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const first = [...box.zp.row.cells.values()].filter((cell) => cell.box).indexOf(box.zp.cell);
    const start = this.ordered().indexOf(box.zp.row);
    blockOf(text).forEach((line, down) => {
      this.keepBlanks();
      const row = this.ordered()[start + down];
      if (!row) return;
      const boxes = [...row.cells.values()].filter((cell) => cell.box).slice(first);
      line.slice(0, boxes.length).forEach((value, right) => {
        setValue(boxes[right].box, value.trim());
        this.commit(boxes[right].box);
      });
    });
  }
}

function make(tag, style = "", text = "") {
  const element = document.createElement(tag);
  if (style) element.className = style;
  if (text) element.textContent = text;
  return element;
}

function choice(options) {
  const box = make("select");
  for (const option of ["", ...options]) box.add(new Option(option, option));
  return box;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function setValue(box, value) {
  if (box.tagName === "SELECT" && ![...box.options].some((one) => one.value === value)) {
    box.add(new Option(value, value)); // a name of the unit's own, pasted or imported
  }
  box.value = value;
  mirror(box);
}

// The text behind a box gives the cell its height.
function mirror(box) {
  setText(box.zp.cell.text, box.value);
}

function isBlank(row) {
  return [...row.cells.values()].every((cell) => !cell.box || !cell.box.value);
}

// Return the cells of text copied from a spreadsheet; a quoted cell may hold tabs and lines.
function blockOf(text) {
  const lines = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const line = lines[lines.length - 1];
    const sign = text[at];
    if (sign === '"' && quoted && text[at + 1] === '"') line[line.length - 1] += text[(at += 1)];
    else if (sign === '"' && (quoted || line[line.length - 1] === "")) quoted = !quoted;
    else if (sign === "\t" && !quoted) line.push("");
    else if (sign === "\n" && !quoted) lines.push([""]);
    else if (sign !== "\r") line[line.length - 1] += sign;
  }
  if (lines[lines.length - 1].join("") === "") lines.pop();
  return lines;
}

export default function ({ data, parentElement, setStateValue }) {
  const table = (parentElement.zpEntryTable ??= new EntryTable(parentElement));
  table.take(data, setStateValue);
  return () => table.leave();
}
