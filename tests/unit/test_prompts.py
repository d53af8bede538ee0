"""Prompt files: found by version, filled completely, and their examples are true by the guard's own rules."""

import json
import re
from pathlib import Path

import pytest

import prompts
from prompts import loader
from service.answering import verify
from service.answering.chain import DraftReply, converted
from service.answering.draft import Evidence, Operation
from service.records import Place

_EXAMPLE = re.compile(r"^### 例(?P<name>.)\n(?P<evidence>.*?)\n<问题>(?P<question>.*?)</问题>\n<回答>(?P<reply>.*?)</回答>", re.M | re.S)
_EVIDENCE = re.compile(r"<证据 (?P<attributes>[^>]*)>(?P<quote>[^<]*)</证据>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def _examples() -> list[tuple[str, str, dict[str, Evidence], DraftReply]]:
    """(name, question, evidence, reply) of every example in the answering prompt."""
    found = []
    for match in _EXAMPLE.finditer(prompts.load("answer").text):
        evidence = {}
        for piece in _EVIDENCE.finditer(match["evidence"]):
            a = dict(_ATTRIBUTE.findall(piece["attributes"]))
            place = Place(int(a["页"]), piece["quote"], ())
            evidence[a["编号"]] = Evidence(
                a["编号"], a["文件"], a.get("章节", ""), place, a.get("单位"), int(a["年度"]), (), a.get("表头", "")
            )
        found.append((match["name"], match["question"], evidence, DraftReply.model_validate_json(match["reply"])))
    return found


EXAMPLES = _examples()


def test_all_examples_are_found() -> None:
    assert [name for name, *_ in EXAMPLES] == list("一二三四")
    assert prompts.load("answer").text.count("### 例") == len(EXAMPLES)


@pytest.mark.parametrize(("question", "evidence", "reply"), [e[1:] for e in EXAMPLES], ids=[e[0] for e in EXAMPLES])
def test_an_example_passes_the_guard(question: str, evidence: dict[str, Evidence], reply: DraftReply) -> None:
    verdict = verify.check(converted(reply), evidence, question)
    assert verdict.objections == ()
    assert len(verdict.kept) == len(reply.sentences)


@pytest.mark.parametrize(("question", "evidence", "reply"), [e[1:] for e in EXAMPLES], ids=[e[0] for e in EXAMPLES])
def test_an_example_with_one_digit_changed_does_not(question: str, evidence: dict[str, Evidence], reply: DraftReply) -> None:
    for n, sentence in enumerate(reply.sentences):
        for digit in re.finditer(r"\d(?=[\d.,]*(?:万元|%))", sentence.text):
            wrong = sentence.text[: digit.start()] + str((int(digit[0]) + 1) % 10) + sentence.text[digit.end() :]
            changed = [*reply.sentences]
            changed[n] = sentence.model_copy(update={"text": wrong})
            assert verify.check(converted(reply.model_copy(update={"sentences": changed})), evidence, question).objections, wrong


def test_the_prompt_names_every_operation() -> None:
    text = prompts.load("answer").text
    assert [o for o in Operation if not re.search(rf"\b{o.value}\b", text)] == []


def test_missing_and_unknown_blanks_are_errors() -> None:
    prompt = prompts.Prompt("made", 1, "问：$question 花费 $$5 答：${answer}", "")
    assert prompt.blanks == {"question", "answer"}
    assert prompt.render(question="多少$money？", answer="五") == "问：多少$money？ 花费 $5 答：五"
    with pytest.raises(prompts.BlankError, match="'answer'"):
        prompt.render(question="?")
    with pytest.raises(prompts.BlankError, match="'extra'"):
        prompt.render(question="?", answer="!", extra="x")


def test_the_newest_version_is_meant_and_any_can_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "_FOLDER", tmp_path)
    loader.load.cache_clear()
    for version in (2, 10):
        (tmp_path / f"made_up.v{version}.md").write_text(f"第{version}版", "utf-8")
    (tmp_path / "broken.v1.md").write_text("花费 $5", "utf-8")
    (tmp_path / "README.md").write_text("no prompt", "utf-8")
    try:
        assert loader.names() == {"broken": (1,), "made_up": (2, 10)}
        assert (loader.load("made_up").version, loader.load("made_up").text) == (10, "第10版")
        assert loader.load("made_up", 2).text == "第2版"
        assert loader.load("made_up", 2).digest != loader.load("made_up").digest
        for name, wanted in (("made_up", 3), ("none", None)):
            with pytest.raises(prompts.UnknownPromptError):
                loader.load(name, wanted)
        with pytest.raises(ValueError, match="dollar"):
            loader.load("broken")
    finally:
        loader.load.cache_clear()


def test_every_prompt_file_loads_and_is_used() -> None:
    folder = Path(loader.__file__).parent
    assert len(list(folder.glob("*.md"))) == sum(map(len, prompts.names().values())), "a file's name is not NAME.vN.md"
    service = "\n".join(f.read_text("utf-8") for f in folder.parent.joinpath("service").rglob("*.py"))
    for name in prompts.names():
        assert prompts.load(name).text
        assert f'"{name}"' in service, f"{name} is used nowhere"


def test_examples_in_the_prompt_are_json_on_their_own() -> None:
    for match in _EXAMPLE.finditer(prompts.load("answer").text):
        assert json.loads(match["reply"]).keys() == {"refused", "sentences"}
