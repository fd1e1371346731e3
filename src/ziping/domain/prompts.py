"""What a model is told, as files hold it (提示词)."""

from string import Template

from ziping.domain.model import Record


class Prompt(Record):
    """A prompt with its declared variables (提示词)."""

    name: str
    """Path under prompts/ without suffix, e.g. `sections/basic.background`."""
    purpose: str
    """What it is for, in Chinese."""
    variables: tuple[str, ...] = ()
    """Placeholders of the body, without $."""
    body: str

    def fill(self, values: dict[str, str]) -> str:
        """Return the body with its placeholders filled in; KeyError names one that has no value."""
        return Template(self.body).substitute({name: values[name] for name in self.variables})
