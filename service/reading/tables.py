"""STOPGAP by the lead (ruled tables only) so that others can go on; the table helper replaces this file."""

import re
from collections.abc import Sequence

from service import amounts
from service.reading.pdf import Rule, Sheet
from service.records import Box, Cell, Line, Table
from service.text import normal


def _cluster(values, tol=2.5):
    out = []
    for v in sorted(values):
        if out and v - out[-1][-1] <= tol:
            out[-1].append(v)
        else:
            out.append([v])
    return [sum(c) / len(c) for c in out]


def _components(rules: Sequence[Rule]):
    parent = list(range(len(rules)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    order = sorted(range(len(rules)), key=lambda i: rules[i].y0)
    active = []
    for i in order:
        a = rules[i]
        active = [j for j in active if rules[j].y1 >= a.y0 - 3]
        for j in active:
            b = rules[j]
            if a.x0 <= b.x1 + 3 and b.x0 <= a.x1 + 3 and a.y0 <= b.y1 + 3 and b.y0 <= a.y1 + 3:
                parent[root(i)] = root(j)
        active.append(i)
    groups = {}
    for i in range(len(rules)):
        groups.setdefault(root(i), []).append(rules[i])
    return list(groups.values())


def _grid(sheet: Sheet, rules):
    hs = [r for r in rules if r.horizontal]
    vs = [r for r in rules if not r.horizontal]
    ys = _cluster([(r.y0 + r.y1) / 2 for r in hs])
    xs = _cluster([(r.x0 + r.x1) / 2 for r in vs])
    if len(ys) < 2 or len(xs) < 2:
        return None
    n, m = len(ys) - 1, len(xs) - 1
    parent = {(i, j): (i, j) for i in range(n) for j in range(m)}

    def root(c):
        while parent[c] != c:
            c = parent[c]
        return c

    def near(v, cs):
        return min(range(len(cs)), key=lambda k: abs(cs[k] - v))

    vcov, hcov = {}, {}
    for r in vs:
        vcov.setdefault(near((r.x0 + r.x1) / 2, xs), []).append((r.y0, r.y1))
    for r in hs:
        hcov.setdefault(near((r.y0 + r.y1) / 2, ys), []).append((r.x0, r.x1))
    for i in range(n):
        mid = (ys[i] + ys[i + 1]) / 2
        for k in range(1, m):
            if not any(a - 1 <= mid <= b + 1 for a, b in vcov.get(k, ())):
                parent[root((i, k))] = root((i, k - 1))
    for j in range(m):
        mid = (xs[j] + xs[j + 1]) / 2
        for k in range(1, n):
            if not any(a - 1 <= mid <= b + 1 for a, b in hcov.get(k, ())):
                parent[root((k, j))] = root((k - 1, j))
    regions = {}
    for c in parent:
        regions.setdefault(root(c), []).append(c)
    owner = {c: r for r, cs in regions.items() for c in cs}
    texts = {r: [] for r in regions}
    for line in sheet.lines:
        y = line.box[3] - 0.35 * line.size
        if not ys[0] - 1 <= y <= ys[-1] + 1:
            continue
        i = min(n - 1, max(0, next((k for k in range(n) if y < ys[k + 1]), n - 1)))
        runs = []
        for at, char in enumerate(line.text):
            x = (line.xs[at] + line.xs[at + 1]) / 2
            if not xs[0] - 1 <= x <= xs[-1] + 1:
                continue
            j = next((k for k in range(m) if x < xs[k + 1]), m - 1)
            r = owner[(i, j)]
            if runs and runs[-1][0] == r:
                runs[-1][2] = at + 1
            else:
                runs.append([r, at, at + 1])
        for r, a, b in runs:
            if line.text[a:b].strip():
                texts[r].append((line.box[3], line.xs[a], line.text[a:b].strip(), line.part(a, b)))
    rows, spans = [], []
    for i in range(n):
        row, full = [], []
        for j in range(m):
            r = owner[(i, j)]
            cells = regions[r]
            first = min(cells)
            got = sorted(texts[r], key=lambda t: (round(t[0]), t[1]))
            text = "".join(t[2] for t in got)
            box = (min(t[3][0] for t in got), min(t[3][1] for t in got), max(t[3][2] for t in got), max(t[3][3] for t in got)) if got else (xs[j], ys[i], xs[j + 1], ys[i + 1])
            row.append(Cell(text if (i, j) == first else "", sheet.number, box))
            full.append(text)
        rows.append(tuple(row))
        spans.append(tuple(full))
    return (xs[0], ys[0], xs[-1], ys[-1]), xs, rows, spans


_SKIP = re.compile(r"^(?:单位|金额单位|编制部门|编制单位|部门|财决|公开\d+表|表\d|第?\d+|[-—\s\d]+$|\(?20\d\d年度?\)?$)|单位[:：]|公开\d+表$")


def _numeric(row):
    return any(amounts.cell(c.text) is not None and re.search(r"\d", c.text) and ("." in c.text or len(normal(c.text)) >= 3) for c in row)


def read(sheets: Sequence[Sheet]) -> tuple[list[Table], dict[int, list[Box]]]:
    out, regions = [], {}
    for sheet in sheets:
        grids = [g for g in (_grid(sheet, c) for c in _components(sheet.rules) if len(c) >= 4) if g]
        grids = [g for g in grids if any(c.text for row in g[2] for c in row)]
        for box, xs, rows, spans in sorted(grids, key=lambda g: g[0][1]):
            regions.setdefault(sheet.number, []).append(box)
            above = [ln for ln in sheet.lines if ln.box[3] <= box[1] + 3 and ln.box[3] > box[1] - 110 and not any(b != box and b[1] <= ln.box[1] <= b[3] for b in regions[sheet.number])]
            above.sort(key=lambda ln: -ln.box[3])
            titles = [ln.text for ln in above if not _SKIP.search(normal(ln.text)) and 3 < len(ln.text) < 50 and not normal(ln.text).endswith(("。", ";"))]
            title = titles[0] if titles else ""
            label = " ".join(ln.text for ln in above)
            number = re.search(r"(?:财决)?公开\s*\d+\s*表", label)
            unit = re.search(r"单位[:：]\s*(万元|元)", normal(label))
            h = next((i for i, row in enumerate(rows) if _numeric(row)), min(2, len(rows)))
            head = spans[:h]
            top = not title and out and out[-1].pages[-1] == sheet.number - 1 and len(out[-1].columns) == len(xs) - 1
            if top:
                old = out[-1]
                out[-1] = Table(old.title, old.number, old.unit, (*old.pages, sheet.number), old.header, old.columns, (*old.rows, *rows))
                continue
            columns = []
            for j in range(len(xs) - 1):
                path = []
                for row in head:
                    if row[j] and (not path or path[-1] != row[j]):
                        path.append(row[j])
                columns.append("/".join(path))
            out.append(Table(title, number[0].replace(" ", "") if number else None, unit[1] if unit else None, (sheet.number,), tuple(head), tuple(columns), tuple(rows[h:])))
    return out, regions
