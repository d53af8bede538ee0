"""Small edits of a module's functions, each of which some test should notice: the mutants of mutation testing."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}

Function = ast.FunctionDef
Path = tuple[tuple[str, int | None], ...]
"""The way from a function to a node in it: field names, with the index where the field is a list."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One edit of one function; `code` is the edited function's."""

    module: str
    function: str
    """Its name, with its class's before it."""
    line: int
    before: str
    after: str
    code: CodeType

    @property
    def name(self) -> str:
        """What it is listed as: where, and what became of what. Lines are left out: they move."""
        return f"{self.module.rpartition('.')[2]}.{self.function}\t{self.before} >>> {self.after}"


def mutants(module: str, path: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a module's functions, decorated ones too; `path` is the file's, for tracebacks."""
    tree = ast.parse(source)
    for owner, function in _functions(tree):
        for way, node in _nodes(function):
            for edited in _edits(node):
                changed = copy.deepcopy(function)
                _put(changed, way, edited)
                ast.fix_missing_locations(changed)
                changed.decorator_list = []
                name = f"{owner}.{function.name}" if owner else function.name
                code = _compiled(changed, path)
                yield Mutant(module, name, getattr(node, "lineno", function.lineno), _shown(node), _shown(edited), code)


def unedited(module: str, path: str, source: str) -> Iterator[Mutant]:
    """Every function as it is: what the tests must not notice, or the mutants prove nothing."""
    for owner, function in _functions(ast.parse(source)):
        name = f"{owner}.{function.name}" if owner else function.name
        function.decorator_list = []
        yield Mutant(module, name, function.lineno, "", "", _compiled(function, path))


def _functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """(class or nothing, function) in the order of the source; functions within functions belong to the outer one."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield "", node
        elif isinstance(node, ast.ClassDef):
            yield from ((node.name, n) for n in node.body if isinstance(n, ast.FunctionDef))


def _nodes(function: Function) -> Iterator[tuple[Path, ast.AST]]:
    """The nodes of a function's body with the way to each; docstrings, annotations and decorators are left out."""
    documented = ast.get_docstring(function) is not None
    waiting: list[tuple[Path, ast.AST]] = [
        ((("body", n),), node) for n, node in reversed(list(enumerate(function.body))) if n or not documented
    ]
    while waiting:
        way, node = waiting.pop()
        yield way, node
        below: list[tuple[Path, ast.AST]] = []
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "ctx", "ops", "op"):
                continue
            if isinstance(value, ast.AST):
                below.append(((*way, (name, None)), value))
            elif isinstance(value, list):
                below += [((*way, (name, n)), v) for n, v in enumerate(value) if isinstance(v, ast.AST)]
        waiting += reversed(below)


def _edits(node: ast.AST) -> Iterator[ast.AST]:
    """What a node may become."""
    edited = copy.deepcopy(node)
    match edited:
        case ast.Constant():
            yield from _valued(edited)
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()
        case ast.Assign(value=value) if not (isinstance(value, ast.Constant) and value.value is None):
            edited.value = ast.Constant(None)
            yield edited
        case ast.Call():
            yield from _called(edited)
        case _:
            yield from _reasoned(edited)


def _reasoned(edited: ast.AST) -> Iterator[ast.AST]:
    """Comparisons, conditions and arithmetic turned round."""
    match edited:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            edited.ops = [_COMPARED[type(op)]()]
            yield edited
        case ast.BoolOp():
            edited.op = ast.And() if isinstance(edited.op, ast.Or) else ast.Or()
            yield edited
        case ast.BinOp() if type(edited.op) in _COMPUTED:
            edited.op = _COMPUTED[type(edited.op)]()
            yield edited
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield edited.operand
        case ast.IfExp():
            yield edited.body
            yield edited.orelse
        case _:
            return


def _valued(constant: ast.Constant) -> Iterator[ast.Constant]:
    """Another value in a constant's place."""
    match constant.value:
        case bool():
            yield ast.Constant(not constant.value)
        case int(number):
            yield ast.Constant(number + 1)
        case str(text):
            yield ast.Constant(f"XX{text}XX")
        case _:
            return


def _called(call: ast.Call) -> Iterator[ast.Call]:
    """A call with one argument made None."""
    for n, given in enumerate(call.args):
        if not isinstance(given, (ast.Constant, ast.Starred, ast.GeneratorExp)):
            edited = copy.deepcopy(call)
            edited.args[n] = ast.Constant(None)
            yield edited


def _put(root: ast.AST, way: Path, node: ast.AST) -> None:
    """Set the node at the end of a way."""
    for name, n in way[:-1]:
        found = getattr(root, name)
        root = found if n is None else found[n]
    name, n = way[-1]
    if n is None:
        setattr(root, name, node)
    else:
        getattr(root, name)[n] = node


def _compiled(function: Function, path: str) -> CodeType:
    """The code of a function; annotations stay unread, as at the module's import."""
    module = ast.Module([function], [])
    made = compile(module, path, "exec")
    return next(c for c in made.co_consts if isinstance(c, CodeType) and c.co_name == function.name)


def _shown(node: ast.AST) -> str:
    """The first line of a node's source, cut."""
    text = ast.unparse(node).splitlines()[0]
    return text if len(text) <= 160 else f"{text[:159]}…"
