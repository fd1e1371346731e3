"""Which province a place as people write it belongs to (地区)."""

import re
import unicodedata

from ziping.domain.model import Record

_NOISE = re.compile(r"[\s·・,，、/\-—_]+")


class PlaceNames(Record):
    """How a jurisdiction and the places in it are called (地名)."""

    aliases: tuple[str, ...] = ()
    """别名 of the jurisdiction itself, e.g. 中央本级."""
    cities: tuple[str, ...] = ()
    """所辖市州 without 市."""


class Places(Record):
    """Jurisdictions with the names they are recognised by (地区表); `knowledge/places.yaml`."""

    places: dict[str, PlaceNames]
    """地区: jurisdiction -> its names."""

    def jurisdiction(self, place: str) -> str:
        """Return the jurisdiction a place begins with, or blank when none is recognised.

        The longest name wins, so that 海南州 is in 青海 though 海南 is a province.
        """
        text = _NOISE.sub("", unicodedata.normalize("NFKC", place))
        best, found = "", ""
        for jurisdiction, names in self.places.items():
            own = (jurisdiction, *names.aliases)
            for name in (*own, *names.cities):
                is_district = name not in own and text[len(name) : len(name) + 1] == "区"
                if len(name) > len(best) and text.startswith(name) and not is_district:
                    best, found = name, jurisdiction
        return found
