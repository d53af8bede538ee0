"""The page's own words, Chinese first, with their English; documents, questions and answers stay as they are.

Drawn HTML carries its English beside the Chinese (`data-en`), and assets/page.js shows one of them; labels of components go through
Gradio's own translation with the Chinese text as the key.
"""

from html import escape

from ui import catalogue

UNFORESEEN = "程序内部出错，没有完成；详情见服务日志。"
"""What the page says of an error that nobody meant."""
ENGLISH: dict[str, str] = {
    **catalogue.ENGLISH,
    # frame
    "明账": "Mingzhang",
    "English": "中文",
    "读公开的部门预算和决算，每个数字都有出处。": "Reads public budgets and final accounts; every figure has its source.",
    "对话": "Ask",
    "资料": "Documents",
    "数据": "Figures",
    "核对": "Checks",
    "没有完成": "Not done",
    UNFORESEEN: "Something went wrong inside the program; the server's log has the details.",
    # asking
    "在哪份资料里找": "Where to look",
    "全部资料": "All documents",
    "问题": "Question",
    "回答": "Answer",
    "出处": "Source",
    "用平常的话问，例如：三公经费多少？": "Ask in plain Chinese, for example: 三公经费多少？",
    "提问": "Ask",
    "停止": "Stop",
    "上一页": "Previous page",
    "下一页": "Next page",
    "想知道钱花在哪儿？": "Where does the money go?",
    "已读入 {n} 份公开文件。直接提问，或选一个例子：": "{n} public documents are read. Ask, or choose an example:",
    "资料库还是空的": "No documents yet",
    "请到「资料」页上传部门预算或部门决算的 PDF。": "Upload PDFs of budgets or final accounts under Documents.",
    "没有配置模型：由规则离线回答，数字一样逐个核对。": (
        "No model is configured: rules answer offline, and every figure is verified all the same."
    ),
    "由 {model} 起草，每个数字都核对过才显示。": "Drafted by {model}; no figure is shown before it is verified.",
    "正在读入 {n} 份文件，读完就能提问。": "{n} documents are being read; they can be asked about as soon as they are done.",
    "正在查找…": "Searching…",
    "模型起草中…": "The model is drafting…",
    "逐句核对中…": "Verifying sentence by sentence…",
    "有内容未通过核实，请模型修改…": "Something could not be verified; the model is asked to mend it…",
    "已停止。": "Stopped.",
    "没有得到答案，请再试一次。": "No answer came; please try again.",
    "文件中没有找到答案": "Not in the documents",
    "最接近的内容在出处里，可点开看原文。": "The nearest passage is cited; open it to read the page.",
    "原文数字": "As printed",
    "推算": "Calculated",
    "另一处写": "Elsewhere",
    "对照": "Compared with",
    "OCR识别": "Recognised (OCR)",
    "请留意": "Note",
    "{n} 个，逐个核对过": "{n}, each verified",
    "{n} 个，由扫描页认出，请对照原页": "{n}, recognised on a scanned page: compare with the picture",
    "引用的内容有一处核对发现：": "The checker has a finding on what is cited: ",
    "离线": "Offline",
    "模型": "Model",
    "用时 {seconds} 秒": "{seconds} s",
    "看出处 {n}": "Show source {n}",
    "复制": "Copy",
    "已复制": "Copied",
    "重答": "Ask again",
    "有帮助": "Helpful",
    "有问题": "Wrong",
    "链接与打印": "Link and print",
    "已记下，谢谢。": "Noted, thank you.",
    "说说哪里好、哪里不对（可不填）": "What is right or wrong with it? (optional)",
    "评价": "Opinion",
    "记下": "Send",
    # evidence
    "点一下，这里显示原文、页码和原页，引文用黄色标出。": "Click one: the quote, its page, and the page's picture with the quote marked.",
    "文件里就是这样印的，逐个核对过。": "Printed so in the document, and verified.",
    "由原文数字算出，算式写在旁边。": "Calculated from printed figures; the calculation is shown.",
    "引用的数字在文件里与别处对不上。": "The cited figure disagrees with another place of the document.",
    "扫描页上认出的文字，可能与印的不同。": "Recognised on a scanned page; may differ from the print.",
    "第 {page} 页": "page {page}",
    "第 {page} 页，共 {pages} 页": "page {page} of {pages}",
    "引文在第 {page} 页": "The quote is on page {page}",
    "第 {page} 页的原貌": "Picture of page {page}",
    "第 {page} 页的原貌，引文已用黄色标出": "Picture of page {page}, the quote marked in yellow",
    "第 {page} 页的原貌，相关数字已用黄色标出": "Picture of page {page}, the figures marked in yellow",
    "原文页面": "Page of the document",
    "看大图": "Large picture",
    "打开 PDF 第 {page} 页": "Open the PDF at page {page}",
    # documents
    "上传 PDF（可多选）": "Upload PDFs (several at once)",
    "还没有资料。上传部门预算或部门决算的 PDF，读入后就能提问和核对。": "No documents yet. Upload PDFs of budgets or final accounts.",
    "单位": "Body",
    "年度": "Year",
    "种类": "Kind",
    "页数": "Pages",
    "表格": "Tables",
    "段落": "Passages",
    "核对发现": "Findings",
    "操作": "Actions",
    "未识别": "not recognised",
    "无": "none",
    "原文件": "Original",
    "重读": "Read again",
    "删除": "Delete",
    "从资料库删除「{name}」？原文件的副本也会删除。": "Delete “{name}” from the library, with its copy of the file?",
    "已读入": "Read",
    "已在库中": "Already here",
    "已更新": "Updated",
    "没有变化": "Unchanged",
    "没有读入": "Not read",
    "已删除": "Deleted",
    "{n} 页": "{n} pages",
    "{n} 处核对发现": "{n} findings",
    "等候": "Waiting",
    "读取": "Reading",
    "抽取": "Extracting",
    "索引": "Indexing",
    "完成": "Done",
    # figures
    "看哪份文件": "Document",
    "与哪份文件比较": "Compare with",
    "不比较": "Nothing",
    "看哪张表": "Table",
    "下载": "Download",
    "还没有可看的数据。请先到「资料」页上传。": "No figures yet. Upload documents first.",
    "第 {pages} 页": "page {pages}",
    "这张表有 {n} 行，只显示前 {shown} 行；全部在 Excel 里。": "{n} rows, the first {shown} are shown; the Excel file has all.",
    "预算与决算": "Budget and actual",
    "支出结构": "Structure of expenditure",
    "两份对比": "Comparison",
    "这份文件没有同时印出预算和决算的科目。": "The document prints no item with both budget and actual.",
    "两份文件没有可以逐项比较的科目。": "The two documents share no item that can be compared.",
    "差额与增减率由原文数字算出：差额 = 后者 − 前者，增减率 = 差额 ÷ 前者。": (
        "Difference and rate are calculated: later − earlier; difference ÷ earlier."
    ),
    "项目": "Item",
    "科目编码": "Code",
    "资金口径": "Funds",
    "差额（万元）": "Difference (10,000 yuan)",
    "增减率": "Change",
    "逐项比较": "Item by item",
    "「{org}」的另一份文件，可在上面选来比较。": "Another document of {org} can be chosen above for comparison.",
    "各科目的预算数与决算数，单位万元；同样的数字见下表": "budget and actual by item, in 10,000 yuan; same figures in the tables below",
    "各类支出，单位万元；同样的数字见下表": "classes of expenditure, in 10,000 yuan; same figures in the tables below",
    "两份文件各科目的金额，单位万元；同样的数字见下表": "items of both documents, in 10,000 yuan; same figures in the tables below",
    "图中金额统一折成万元；数字为文件所印。": "Amounts in units of 10,000 yuan; figures as printed.",
    # checks
    "核对哪份文件": "Document",
    "等级": "Grade",
    "类别": "Group",
    "全部类别": "All groups",
    "还没有可核对的文件。请先到「资料」页上传。": "Nothing to check yet. Upload documents first.",
    "对不上": "Contradiction",
    "存疑": "Doubtful",
    "尾差": "Rounding",
    "相符": "Agrees",
    "有发现": "Findings",
    "不适用": "Not applicable",
    "未能核对": "Not checked",
    "应核对": "Owed",
    "已核对": "Checked",
    "下载核对报告（HTML）": "Download the report (HTML)",
    "这份文件共有 {n} 项应核对，核对了 {checked} 项。": "{n} checks apply to this document; {checked} were made.",
    "能核对的 {n} 项都对得上。": "All {n} checks that could be made agree.",
    "没有符合筛选的发现。": "No findings match the filter.",
    "文中所印": "Printed",
    "所对照的数": "Compared with",
    "文中": "Printed",
    "展开 {n} 处尾差": "Show {n} rounding differences",
    "另有 {n} 个数字": "{n} more figures",
    "核对规则": "Rule",
    "核对了什么": "What was checked",
    "{n} 项未能核对，原因如下": "{n} checks could not be made, because",
    "{n} 项": "{n}",
    "两处所印的数字或说法不能同时成立；哪一处为准，请以原件和发布单位的解释为准。": (
        "Both cannot be true; which one is, the publisher must say."
    ),
    "形式上可议，请人工判断。": "Formally odd; a person should judge.",
    "差额在四舍五入可以解释的范围内，通常不是差错。": "Explained by rounding; usually no error.",
    # the answer's own page
    "提问时间": "Asked",
    "所问文件": "Documents asked",
    "由谁写成": "Written by",
    "提示词摘要": "Digest of the prompts",
    "程序摘要": "Digest of the program",
    "打印": "Print",
    "在明账里继续问": "Go on asking",
    "原文摘录": "Sources",
}
"""Chinese → English. `{…}` are blanks."""


class UntranslatedError(LookupError):
    """A word of the page has no English."""


def say(text: str, **blanks: object) -> str:
    """A word of the page as HTML, both languages in it; the blanks' values are escaped."""
    return f'<span data-en="{escape(english(text, **blanks))}">{escape(text.format(**blanks))}</span>'


def both(text: str, **blanks: object) -> str:
    """A word of the page as HTML where attributes do not survive: both languages one after the other, page.css hides one."""
    return toasted(text.format(**blanks), english(text, **blanks))


def said(name: str, text: str, **blanks: object) -> str:
    """An attribute (`alt`, `aria-label`, `title`, …) with a word of the page, both languages in it, with a space before."""
    return f' {name}="{escape(text.format(**blanks))}" data-en-{name}="{escape(english(text, **blanks))}"'


def told(chinese: str, translated: str) -> str:
    """What the program says in both languages, such as an error, as HTML; without English, as a word of the page where it is one."""
    return f'<span data-en="{escape(translated)}">{escape(chinese)}</span>' if translated else perhaps(chinese)


def toasted(chinese: str, translated: str) -> str:
    """The same for a toast, which keeps no attributes: page.css hides one."""
    return f'<span class="mz-zh">{escape(chinese)}</span><span class="mz-en">{escape(translated)}</span>'


def perhaps(text: str) -> str:
    """Text as HTML, with its English where it is a word of the page."""
    return say(text) if text in ENGLISH and "{" not in text else escape(text)


def english(text: str, **blanks: object) -> str:
    """The English of a word of the page.

    Raises:
        UntranslatedError: it has none.
    """
    if text not in ENGLISH:
        raise UntranslatedError(text)
    return ENGLISH[text].format(**blanks)
