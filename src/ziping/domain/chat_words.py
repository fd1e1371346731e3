"""Words people use in conversation (对话词表)."""

from ziping.domain.model import Record

Words = tuple[str, ...]


class ChatWords(Record):
    """Ways of saying things, one list a meaning (对话词表); `knowledge/chat.yaml`."""

    columns: dict[str, Words]
    """Fund column -> ways of saying it; `budget` is what may be 年初 or 全年."""
    all_columns: Words
    annual_short: Words
    """Short ways of saying 全年预算数, which count right before a figure only."""
    rates: Words
    """Rates, which are computed and never filled in."""
    rows: dict[str, Words]
    """Fund row -> ways of saying it."""
    fund_kinds: dict[str, Words]
    fields: dict[str, Words]
    """Field of an indicator -> ways of saying it."""
    bands: dict[str, Words]
    adding: Words
    """Ways of asking for a further indicator."""
    named_by: Words
    kinds: dict[str, str]
    """二级指标 -> 一级指标."""
    level1: Words
    level1_marks: Words
    same: tuple[Words, ...]
    """Words that mean the same in names of indicators."""
    common: Words
    """Words too common to tell indicators apart."""
    money_names: Words
    """Words in the names of indicators that are amounts of money."""
    timely: Words
    """Words in the names of indicators of time."""
    tasks: Words
    """Words for what is to be done, which with a date name no target."""
    done: Words
    """Verbs of completion, which with a date speak of time."""
    heads: dict[str, Words]
    """Field of the table's head -> ways of saying it."""
    texts: dict[str, Words]
    materials: dict[str, Words]
    hedges: Words
    hedge_pairs: tuple[Words, ...]
    """Words that blur a figure together: 应该是年底吧."""
    other_times: Words
    other_units: Words
    our_own: Words
    """Words that, first in a clause, lead back from another unit to one's own."""
    plans: Words
    ifs: Words
    not_ifs: Words
    """Words in which those of `ifs` suppose nothing: 主要是."""
    questions: Words
    question_ends: Words
    negations: Words
    not_values: Words
    wrong_values: Words
    self_corrections: Words
    changes: Words
    adjusting: Words
    """Changes that, said of a budget, lead to 全年预算数."""
    each: Words
    respectively: Words
    among: Words
    excepting: Words
    links: Words
    it: Words
    than: Words
    less: Words
    over: Words
    fewer: Words
    more: Words
    adding_up: Words
    taking_off: Words
    budget_moves: Words
    """Changes of a budget within the year, from 年初预算数 to 全年预算数."""
    moving: Words
    """Verbs of taking points from one indicator for another."""
    deducting: Words
    self_bases: Words
    half: Words
    same_as: Words
    all_spent: Words
    all_received: Words
    reasons: Words
    """Words that, first in a clause, say that a reason follows."""
    unchanged: Words
    """Ways of saying that two columns hold the same."""
    unspent: Words
    done_targets: Words
    fillers: Words
    injections: Words
    """Phrases of pasted text that poses as an order to the program."""
    results: Words
    """Results, which follow from the figures and are never filled in."""
    not_ours: Words
    """Endings of what is only a part of the money."""
    commands: dict[str, Words]
    sections: dict[str, Words]
    """Section of the outline -> ways of naming it."""
    wholes: Words
    """Ways of saying all projects."""
    yes: Words
    no: Words
    both: Words
    topics: Words
    """What a question must speak of for the library to be searched."""
    whys: Words
    """Ways of asking for a reason."""
    how_much: Words
    """Ways of asking what a rate is and how it comes about."""
    greetings: Words
    belongs: Words
    either: Words
    """Words that ask for a choice where no figure is told."""
    references: Words
    """Words that make a whole sentence a mere reference."""
    shares: Words
    """Shares of a target, which are computed unless an indicator is called so."""
    totals: Words
    organisations: Words
    """Endings of names of units."""
    typos: dict[str, str]
    """Common typing errors -> what is meant, character for character."""
    erasing: Words
    """Ways of asking for a figure to be removed, which a conversation never does."""
