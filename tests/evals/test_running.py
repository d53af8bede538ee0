"""Runs end to end through inspect-ai: observations, errors, records, and the command."""

import gc
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from evals import comparing, running, runs, tasks
from evals.observed import Case, Observation, Output
from evals.suites import asking
from service import llm
from service.__main__ import app
from service.errors import InputError
from service.settings import Settings, load
from tests.support.scripted_server import Body, ScriptedServer

# inspect leaves streams to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed <MemoryObjectReceiveStream:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function MemoryObjectReceiveStream:pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """What inspect leaves is collected before another test is blamed for it."""
    yield
    gc.collect()


def _case(id_: str, solve: Any) -> Case:  # noqa: ANN401 - a function that may raise
    def judge(output: Output) -> list[Observation]:
        right = float(output["answer"] == "对")
        return [Observation(id=id_, suite="asking", kind="lookup", doc="d", values={"trusted": right}, reason="" if right else "答错")]

    return Case(id_, "lookup", "d", f"问 {id_}", "对", solve, judge)


def test_values_reasons_and_errors_come_back(tmp_path: Path) -> None:
    def breaks() -> Output:
        raise InputError("坏了", "broken")

    seen: list[tuple[int, int]] = []
    cases = [_case("a", lambda: {"answer": "对"}), _case("b", lambda: {"answer": "错"}), _case("c", breaks)]
    (result,) = tasks.run([(asking.SUITE, cases)], tasks.Plan(tmp_path), lambda done, total, _: seen.append((done, total)))
    assert {o.id: o.values["trusted"] for o in result.observations} == {"a": 1.0, "b": 0.0, "c": 0.0}
    assert "broken" in result.errors["c"]
    assert seen == [(1, 3), (2, 3)]
    assert list((tmp_path / "logs").glob("*.eval"))


def test_epochs_and_limit(tmp_path: Path) -> None:
    cases = [_case(name, lambda: {"answer": "对"}) for name in "abc"]
    (result,) = tasks.run([(asking.SUITE, cases)], tasks.Plan(tmp_path, limit=2, epochs=2))
    assert sorted((o.id, o.epoch) for o in result.observations) == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]


def test_a_case_is_tried_again(tmp_path: Path) -> None:
    tries: list[int] = []

    def once_broken() -> Output:
        tries.append(1)
        if len(tries) == 1:
            raise InputError("忙", "busy")
        return {"answer": "对"}

    (result,) = tasks.run([(asking.SUITE, [_case("a", once_broken)])], tasks.Plan(tmp_path, retries=1))
    assert result.errors == {}
    assert len(tries) == 2


def test_the_command_from_run_to_gate(tmp_path: Path, samples: Path) -> None:
    """As a user would: run, report, baseline, gate, compare."""
    del samples  # the project's own cases are the default; the fixture says that they are needed
    runner = CliRunner()

    def call(*arguments: str) -> str:
        done = runner.invoke(app, ["eval", *arguments, "--runs", str(tmp_path)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    assert "可信" in call("run", "asking", "--limit", "6")
    (folder,) = (p for p in tmp_path.iterdir() if p.is_dir())
    kept = runs.read(folder)
    assert kept.run.engine.kind == "offline"
    assert [p.suite for p in kept.run.parts] == ["asking"]
    assert len(kept.observations) == 6
    assert kept.run.code.digest
    assert not (folder / "library").exists()
    assert str(tmp_path) not in (folder / runs.RECORD).read_text("utf-8")
    call("report")
    assert "问答" in (folder / "report.html").read_text("utf-8")
    baseline = str(tmp_path / "baseline.json")
    call("baseline", "--write", baseline)
    assert "通过" in call("gate", "--baseline", baseline)
    assert "没有差别" in call("compare", folder.name, folder.name)


def test_a_run_below_the_baseline_ends_with_1(tmp_path: Path, samples: Path) -> None:
    del samples
    runner = CliRunner()
    where = ["--runs", str(tmp_path)]
    runner.invoke(app, ["eval", "run", "asking", "--limit", "2", *where], catch_exceptions=False)
    runner.invoke(app, ["eval", "baseline", "--write", str(tmp_path / "b.json"), *where], catch_exceptions=False)
    (folder,) = (p for p in tmp_path.iterdir() if p.is_dir())
    kept = runs.read(folder)
    worse = [o.model_copy(update={"values": {**o.values, "trusted": 0.0}}) for o in kept.observations]
    runs.write(kept.run, worse, folder)
    done = runner.invoke(app, ["eval", "gate", "--baseline", str(tmp_path / "b.json"), *where])
    assert done.exit_code == 1
    assert "低于基线" in done.output


@pytest.mark.usefixtures("calls_allowed")
def test_a_model_is_evaluated_with_its_tokens_and_cost(tmp_path: Path, samples: Path) -> None:
    """The model writes one honest answer, and nonsense for the other question, which the offline answer replaces."""
    folder = tmp_path / "gold"
    folder.mkdir()
    lines = (samples / "questions.jsonl").read_text("utf-8").splitlines()
    (folder / "questions.jsonl").write_text("\n".join(lines[1:3]), "utf-8")
    texts = ["2024年公务员医疗补助年初预算286.00万元，支出决算251.37万元，完成年初预算的87.89%。"]

    def script(body: Body) -> dict[str, Any]:
        prompt = str(body["messages"][-1]["content"])
        quotes = re.findall(r'<证据 编号="(E\d+)"[^>]*>(.*?)</证据>', prompt)
        cited = next((n for n, quote in quotes if "公务员医疗补助（项）" in quote and "251.37" in quote), quotes[0][0])
        return {"refused": False, "sentences": [{"text": text, "labels": [cited], "derivations": []} for text in texts]}

    with ScriptedServer(script) as server:
        settings = Settings(openai_base_url=server.url, openai_api_key=SecretStr("sk-secret"), model="scripted", model_retries=0)
        asked = runs.Asked(suites=("asking",), prices=runs.Prices(tokens_in=2, tokens_out=8))
        kept = running.run(running.Order(settings, asked, tmp_path / "runs", folder, samples))
    first, second = kept.observations
    assert first.values["written"] == 1
    assert first.values["trusted"] == 1
    assert second.values["written"] == 0
    assert "模型" in second.reason
    assert kept.run.engine.model == "scripted"
    assert kept.run.engine.prompts
    assert kept.run.tokens_in > 0
    assert kept.run.cost == pytest.approx((2 * kept.run.tokens_in + 8 * kept.run.tokens_out) / 1e6)
    assert "sk-secret" not in (kept.folder / runs.RECORD).read_text("utf-8")


@pytest.mark.usefixtures("calls_allowed")
def test_two_models_are_compared(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As docs/evaluation/models.md says, with an honest server and one that changes a digit: rules' answers are not the liar's merit."""
    folder = tmp_path / "gold"
    folder.mkdir()
    line = next(x for x in (samples / "questions.jsonl").read_text("utf-8").splitlines() if '"qinghe-q002"' in x)
    (folder / "questions.jsonl").write_text(line, "utf-8")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    said = "2024年公务员医疗补助年初预算286.00万元，支出决算{}万元，完成年初预算的87.89%。"

    def script(text: str, body: Body) -> dict[str, Any]:
        quotes = re.findall(r'<证据 编号="(E\d+)"[^>]*>(.*?)</证据>', str(body["messages"][-1]["content"]))
        cited = next((n for n, quote in quotes if "公务员医疗补助（项）" in quote and "251.37" in quote), quotes[0][0])
        return {"refused": False, "sentences": [{"text": text, "labels": [cited], "derivations": []}]}

    def call(*arguments: str) -> str:
        done = CliRunner().invoke(app, ["eval", *arguments, "--runs", str(tmp_path / "runs")], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    for model, figure in (("老实", "251.37"), ("改数", "257.37")):
        llm.forget()
        with ScriptedServer(partial(script, said.format(figure))) as server:
            monkeypatch.setenv("OPENAI_BASE_URL", server.url)
            load.cache_clear()
            options = [
                "--epochs",
                "2",
                "--retries",
                "2",
                "--parallel",
                "4",
                "--prices",
                "2,8",
                "--gold",
                str(folder),
                "--corpus",
                str(samples),
            ]
            call("run", "asking", "--engine", "llm", "--model", model, *options)
    load.cache_clear()
    a, b = running.latest(tmp_path / "runs")
    made = comparing.compare(runs.read(a), runs.read(b))
    by_name = {line.metric.name: line.difference for line in made.lines}
    assert (by_name["by_model"].a, by_name["by_model"].b) == (1.0, 0.0)
    assert by_name["by_model"].p == 1.0, "one case run twice is one case"
    assert by_name["trusted"].b == 1.0, "the rules' answer stands in"
    assert any("改数" in remark and "100%" in remark for remark in made.remarks)
    told = call("compare", a.name, b.name)
    assert "模型自己答对" in told
    call("report", b.name, "--against", a.name)
    assert f"与 {a.name}（老实） 相比" in (b / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "nonsense"], "no suite nonsense"),
        (["run", "--gold", "."], "go together"),
        (["run", "--model", "m"], "goes with --engine llm"),
        (["run", "--engine", "magic"], "offline or llm"),
        (["run", "--prices", "free"], "IN,OUT"),
        (["report", "nothing"], "no run nothing"),
        (["report"], "eval run first"),
    ],
)
def test_what_cannot_be_is_told(arguments: list[str], told: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["eval", *arguments, "--runs", str(tmp_path)])
    assert isinstance(done.exception, InputError)
    assert told in str(done.exception)
