"""E6xx: strict YAML of parameters, rule sets, register and outline; E8xx: the outline and what notebooks declare; S100."""

from helpers.issue_codes.entry import Entry, error, hint

CODES: dict[str, Entry] = {
    "E600": error(
        "文件不能读取",
        "参数、规则集或登记表不存在、为空、过大，或不是 UTF-8 编码。",
        "核对文件名和所在文件夹；在编辑器中另存为 UTF-8 编码。",
        "params/2023.yml：没有这个文件。",
    ),
    "E601": error(
        "键重复",
        "同一级里同一个键写了两次，不知以哪个为准。",
        "只保留一处。",
        "params/2022.yml，第 12 行，“report”：键“report”重复，第 5 行已写过一次。",
    ),
    "E602": error(
        "写法可能被误读",
        "没有加引号的日期、编码、是非等，不同的程序会读成不同的意思；锚点、引用、标签也不用。",
        "日期和编码加引号；是非写 true 或 false；内容完整写出。",
        "params/2022.yml，第 54 行，“programmes[0].plan.date”：“2022-05-17”未加引号，可能被读成别的意思。",
    ),
    "E603": error(
        "没有这个参数",
        "键名写错，或不在约定之内。",
        "改为提示的键名，或删去。",
        "params/2022.yml，第 160 行，“treshholds”：没有名为“treshholds”的参数。",
    ),
    "E604": error(
        "缺少参数",
        "必需的键没有写。",
        "在这一级补上这个键和它的值。",
        "params/2022.yml，第 1 行，“thresholds”：缺少“thresholds”。",
    ),
    "E605": error(
        "值的种类不对",
        "应为文字的写了数字，应为列表的写了文字，等等。",
        "按提示的种类改写。",
        "params/2022.yml，第 20 行，“department.code”：应为文字，写的是整数 990000。",
    ),
    "E606": error(
        "值不合规则",
        "种类对，但写法或范围不合要求。",
        "按提示改写。",
        "params/2022.yml，第 161 行，“thresholds.timely_percent”：写的是整数 300，应为不大于 100 的数。",
    ),
    "E607": error(
        "前后矛盾",
        "几处参数互相不一致，如编号重复、引用了没有的编号、分值合计不是 100 分。",
        "按提示改正其中一处。",
        "params/2022.yml，第 60 行，“programmes[0].base_grant”：“livin”不是本项目 grant_types 中的编号。",
    ),
    "E608": error(
        "文字模板有误",
        "{{ }} 没有配对，或文字中直接写了数字。",
        "数字都是事实：先在笔记本中记录，再写成 {{ 事实编号 }}；书名号《》中的名称除外。",
        "params/2022.yml，第 70 行，“texts.spending[0]”：文字中直接写有数字“925万元”。",
    ),
    "E609": error(
        "不是合格的 YAML",
        "缩进、冒号、引号或括号有误，或含制表符、不可见字符。",
        "按提示检查这一行。",
        "params/2022.yml，第 8 行：这一行含有制表符（Tab）。",
    ),
    "E610": error(
        "没有这个事实或名称",
        "文字模板或勾稽关系引用的事实编号没有任何笔记本会记录，或模板里的名称没有值。",
        "改为提示的编号；可用的编号见最近一次结果中的 facts.json。",
        "params/2022.yml，第 132 行，“texts.spending[0]”：没有笔记本会记录事实“special.budget.amont”。",
    ),
    "E801": error(
        "大纲中重复",
        "同一编号、笔记本或 needs 写了两次。",
        "只保留一处。",
        "notebooks/outline.yml，第 6 行，“sections[1].number”：“1”重复。",
    ),
    "E802": error(
        "needs 指向没有的笔记本",
        "needs 里的笔记本不在大纲中。",
        "改为大纲中的笔记本名。",
        "notebooks/outline.yml，第 30 行，“sections[4].needs[0]”：大纲中没有笔记本“02_spend”。",
    ),
    "E803": error(
        "笔记本相互依赖",
        "几个笔记本互相需要，没有一个能先运行。",
        "去掉其中一处 needs。",
        "notebooks/outline.yml，第 30 行，“sections[4].needs”：相互依赖：05_a → 06_b → 05_a，没有一个能先运行。",
    ),
    "E804": error(
        "没有笔记本文件",
        "大纲写的笔记本不在同一文件夹中。",
        "把它放到大纲所在的文件夹，或改正文件名。",
        "notebooks/outline.yml，第 4 行，“sections[0].notebook”：没有笔记本“01_about.ipynb”。",
    ),
    "E811": error(
        "笔记本的参数单元无法读取",
        "文件不是笔记本、不是 Python，或没有恰好一个带 parameters 标签的单元。",
        "在 JupyterLab 中核对内核和单元标签，或从版本库恢复。",
        "02_spending.ipynb：带标签 parameters 的单元有 0 个，应有一个。",
    ),
    "E812": error(
        "缺少必需的参数",
        "每个笔记本都要声明 fiscal_year、data_dir、upstream 和 published_only。",
        "在 parameters 单元补上。",
        "02_spending.ipynb，“upstream”：没有声明这个必需的参数。",
    ),
    "E813": error(
        "没有这个参数可给",
        "笔记本声明了参数文件里没有的参数。",
        "改正名称，或删去。",
        "02_spending.ipynb，“programme”：运行时没有这个参数。",
    ),
    "E814": error(
        "参数类型不符",
        "笔记本写的类型与实际给的值不同。",
        "改为提示的类型。",
        "02_spending.ipynb，“programmes”：类型注解是“dict”，应为“list”。",
    ),
    "E815": error(
        "参数一行无法读取",
        "参数须写成一行“名称: 类型 = 值”。",
        "照此改写，或移到后面的单元。",
        "02_spending.ipynb，“a, b”：这一行无法读取：应为一行“名称: 类型 = 值”，类型只写一个名称，值和注释中不含等号。",
    ),
    "S100": error(
        "规则集不适用于该年度",
        "规则集的起始年度晚于报告年度。",
        "改用适用于该年度的规则集，或在规则文件中补上当时的规定和依据。",
        "rules/示例.yml：规则集“示例”自 2023 年度起才有全部规定，不能用于 2020 年度。",
    ),
    "N801": hint(
        "有警告没有确认",
        "警告须改正数据，或在参数 acknowledged 中逐项写明理由；在此之前报告不能生成。",
        "改正数据；核实无误的按提示中的写法补入参数。",
        "params/2022.yml，“acknowledged”：有未确认的警告，报告不能生成。",
    ),
    "N802": hint(
        "确认没有对应的警告",
        "参数 acknowledged 中的一项不对应任何警告。",
        "删去该项，或核对代码和表名。",
        "params/2022.yml，“acknowledged”：payments 没有警告 W309。",
    ),
}
