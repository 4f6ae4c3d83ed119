"""One mistake each: what is put into the valid file, and what the only issue must say."""

from __future__ import annotations

from dataclasses import dataclass

from params.parameter_files import patched


@dataclass(frozen=True)
class Broken:
    """`old` of the valid file is replaced by `new`; the issue has `code`, stands at `column` and says `words`.

    Its line is the one with the text `at`, by default the first line of `new`.
    """

    name: str
    old: str
    new: str
    code: str
    column: str | None
    words: tuple[str, ...]
    at: str | None = None

    @property
    def text(self) -> str:
        return patched(self.old, self.new)

    @property
    def line(self) -> int:
        at = self.at or self.new.split("\n")[0]
        assert self.text.count(at) == 1, f"{at!r} is not in one place"
        return self.text[: self.text.index(at)].count("\n") + 1


YEAR = "fiscal_year: 2030"
SHORT = "  short_name: 示例\n"
CODE = 'code: "990001"'
DATE = 'date: "2030-05-17"'
OPEN = "open: false"
ALIAS = "    unit: 户"
PARAGRAPH = "- 分配{{ aid.allocated.amount }}。"
QUESTION = "  - {id: Q1, text: 口径待说明。}"
SURVEY = "{id: survey, name: 摸底, role: preparation}"
LIVING = "- {id: living, name: 生活补助}"

NOTATION = [
    Broken("duplicate_key", SHORT, SHORT + "  short_name: 样例\n", "E601", "department.short_name", ("重复", "第 7 行"), "样例"),
    Broken("anchor", "name: 示例部门", "name: &full 示例部门", "E602", "department.name", ("锚点“&full”", "请删去")),
    Broken("alias", SHORT, "  short_name: *full\n", "E602", "department.short_name", ("引用“*full”", "完整写出")),
    Broken("merge_key", SHORT, SHORT + "  <<: {}\n", "E602", "department", ("合并键“<<”", "完整写出"), "<<"),
    Broken("python_tag", CODE, "code: !!python/name:os.system 1", "E602", "department.code", ("标签“!!python/name:os.system”",)),
    Broken("text_tag", CODE, "code: !!str 990001", "E602", "department.code", ("标签“!!str”", "请删去")),
    Broken("bare_tag", CODE, "code: ! 990001", "E602", "department.code", ("标签“!”",)),
    Broken("list_tag", "uses: [生活补助]", "uses: !!set [生活补助]", "E602", "programmes[0].uses", ("标签“!!set”",)),
    Broken("tag_of_own", CODE, "code: !code 990001", "E602", "department.code", ("标签“!code”",)),
    Broken("list_as_key", SHORT, SHORT + "  [甲]: 乙\n", "E602", "department", ("键应为一个词",), "[甲]"),
    Broken(
        "date_unquoted", DATE, "date: 2030-05-17", "E602", "programmes[0].plan.date", ("“2030-05-17”未加引号", "日期请加引号")
    ),
    Broken("code_unquoted", CODE, "code: 0990001", "E602", "department.code", ("“0990001”未加引号", '"0990001"')),
    Broken("octal", YEAR, "fiscal_year: 02030", "E602", "fiscal_year", ("“02030”未加引号", "整数只写数字")),
    Broken("underscores", YEAR, "fiscal_year: 2_030", "E602", "fiscal_year", ("整数只写数字",)),
    Broken("hexadecimal", YEAR, "fiscal_year: 0x7EE", "E602", "fiscal_year", ("整数只写数字",)),
    Broken("decimal", "percent: 100", "percent: 99.5", "E602", "thresholds.timely_percent", ("整数只写数字",)),
    Broken("exponent", "percent: 100", "percent: 1e2", "E602", "thresholds.timely_percent", ("整数只写数字",)),
    Broken("infinity", "percent: 100", "percent: .inf", "E602", "thresholds.timely_percent", ("“.inf”未加引号",)),
    Broken("sexagesimal", "percent: 100", "percent: 1:30", "E602", "thresholds.timely_percent", ("“1:30”未加引号",)),
    Broken("endless_integer", YEAR, "fiscal_year: " + "9" * 30, "E602", "fiscal_year", ("整数只写数字",)),
    Broken("no", OPEN, "open: no", "E602", "reconciliations[0].open", ("“no”未加引号", "true 或 false")),
    Broken("yes", OPEN, "open: yes", "E602", "reconciliations[0].open", ("true 或 false",)),
    Broken("on", OPEN, "open: on", "E602", "reconciliations[0].open", ("true 或 false",)),
    Broken("capital_true", OPEN, "open: True", "E602", "reconciliations[0].open", ("true 或 false",)),
    Broken("tilde", SHORT, "  short_name: ~\n", "E602", "department.short_name", ("没有值", "请填写")),
    Broken("null", SHORT, "  short_name: null\n", "E602", "department.short_name", ("没有值",)),
    Broken("empty_value", SHORT, "  short_name:\n", "E602", "department.short_name", ("没有值", "整行删去")),
    Broken(
        "unquoted_template", PARAGRAPH, "- {{ aid.paid }}", "E602", "programmes[0].texts.spending[0]", ("以 {{ 开头", "加引号")
    ),
    Broken("too_deep", PARAGRAPH, "- [[[[甲]]]]", "E602", "programmes[0].texts.spending[0][0][0][0]", ("超过 8 层",)),
    Broken("second_document", QUESTION, f"{QUESTION}\n---\n", "E602", None, ("另一份文档", "只能有一份"), "---"),
    Broken("escaped_control", SHORT, '  short_name: "甲\\0"\n', "E602", "department.short_name", ("不可见的字符",)),
    Broken("lone_surrogate", SHORT, '  short_name: "\\uD800"\n', "E602", "department.short_name", ("不可见的字符",)),
]

KEYS = [
    Broken(
        "unknown_key_near", SHORT, SHORT + "  shortname: 例\n", "E603", "department.shortname", ("“short_name”？",), "shortname"
    ),
    Broken(
        "unknown_key_far", SHORT, SHORT + "  logo: 例\n", "E603", "department.logo", ("name、short_name、code、profile",), "logo"
    ),
    Broken("unknown_key_in_list", ALIAS, ALIAS + "\n    units: 人", "E603", "programmes[0].units", ("“unit”？",), "units:"),
    Broken("unknown_key_at_top", YEAR, YEAR + "\ncurrency: 元", "E603", "currency", ("fiscal_year、data_dir",), "currency"),
    Broken("missing_key", SHORT, "", "E604", "department.short_name", ("缺少“short_name”", "补上"), "department:"),
    Broken("missing_in_plan", f"      {DATE}\n", "", "E604", "programmes[0].plan.date", ("缺少“date”",), "plan:"),
    Broken("missing_in_list", "{id: Q1, text: 口径待说明。}", "{id: Q1}", "E604", "open_questions[0].text", ("缺少“text”",)),
    Broken("missing_at_top", "data_dir: data/2030\n", "", "E604", "data_dir", ("缺少“data_dir”",), YEAR),
]

VALUES = [
    Broken(
        "integer_for_text", CODE, "code: 990001", "E605", "department.code", ("应为文字，写的是整数 990001", '请加引号："990001"')
    ),
    Broken("switch_for_text", SHORT, "  short_name: true\n", "E605", "department.short_name", ("应为文字，写的是true",)),
    Broken("text_for_integer", YEAR, 'fiscal_year: "2030"', "E605", "fiscal_year", ("应为整数，写的是文字“2030”", "不加引号")),
    Broken("switch_for_integer", "percent: 100", "percent: true", "E605", "thresholds.timely_percent", ("应为整数",)),
    Broken(
        "text_for_switch",
        OPEN,
        'open: "false"',
        "E605",
        "reconciliations[0].open",
        ("应为是非值，写的是文字“false”", "true 或 false"),
    ),
    Broken("integer_for_switch", OPEN, "open: 0", "E605", "reconciliations[0].open", ("应为是非",)),
    Broken(
        "text_for_list", "uses: [生活补助]", "uses: 生活补助", "E605", "programmes[0].uses", ("应为列表，写的是文字“生活补助”",)
    ),
    Broken("list_for_text", SHORT, "  short_name: [甲]\n", "E605", "department.short_name", ("应为文字，写的是列表", "一段文字")),
    Broken("text_for_keys", SURVEY, "摸底", "E605", "programmes[0].milestones[0]", ("应为一组键值，写的是文字“摸底”",)),
    Broken("integer_for_date", DATE, "date: 20300517", "E605", "programmes[0].plan.date", ("应为日期", '"2022-05-17"')),
    Broken("date_compact", DATE, 'date: "20300517"', "E606", "programmes[0].plan.date", ("“20300517”", "形如")),
    Broken("date_of_a_week", DATE, 'date: "2030-W20-5"', "E606", "programmes[0].plan.date", ("形如",)),
    Broken("date_impossible", DATE, 'date: "2030-02-30"', "E606", "programmes[0].plan.date", ("日历上有的日期",)),
    Broken("percent_small", "percent: 100", "percent: -1", "E606", "thresholds.timely_percent", ("整数 -1", "不小于 0")),
    Broken("percent_large", "percent: 100", "percent: 101", "E606", "thresholds.timely_percent", ("不大于 100",)),
    Broken("identifier", "{id: use, ", "{id: 用途, ", "E606", "reconciliations[0].id", ("“用途”", "小写英文字母")),
    Broken("identifier_in_lines", "unit_id: households", 'unit_id: "a\\n"', "E606", "programmes[0].unit_id", ("小写英文字母",)),
    Broken("full_width_code", 'code: "990100"', 'code: "９９０１００"', "E606", "regions[0].code", ("六位行政区划代码",)),
    Broken("code_as_path", CODE, 'code: "../other"', "E606", "department.code", ("半角数字、英文字母",)),
    Broken("name_with_spaces", SHORT, '  short_name: " 示例"\n', "E606", "department.short_name", ("首尾没有空格",)),
    Broken("name_in_lines", SHORT, "  short_name: |\n    示例\n", "E606", "department.short_name", ("一行文字",)),
    Broken("blank_text", PARAGRAPH, '- "  "', "E606", "programmes[0].texts.spending[0]", ("不是空白",)),
    Broken("long_text", PARAGRAPH, "- " + "长" * 4001, "E606", "programmes[0].texts.spending[0]", ("4001 个字符", "最多 4000")),
    Broken(
        "no_title",
        "title: [示例部门自评报告]",
        "title: []",
        "E606",
        "report.title",
        (
            "写的是空列表",
            "至少有 1 项",
        ),
    ),
    Broken(
        "role",
        "role: preparation",
        "role: start",
        "E606",
        "programmes[0].milestones[0].role",
        ("preparation、implementation、payment",),
    ),
    Broken("reconciled_fact", "[aid.paid.amount]", "[实付金额]", "E606", "reconciliations[0].right[0]", ("事实编号",)),
    Broken("kind_of_identity", OPEN, "kind: minus", "E606", "reconciliations[0].kind", ("sum、equality、ratio、at_most 之一",)),
    Broken("tolerance_number", OPEN, "tolerance: 1", "E605", "reconciliations[0].tolerance", ("整数 1", '"1"')),
    Broken("tolerance_below_zero", OPEN, 'tolerance: "-1"', "E606", "reconciliations[0].tolerance", ("不小于零的精确数",)),
    Broken("ratio_without_rate", OPEN, "kind: ratio", "E607", "reconciliations[0]", ("没有 rate",)),
    Broken("rate_of_a_sum", OPEN, "rate: aid.use.rate", "E607", "reconciliations[0].rate", ("kind 为 ratio",)),
    Broken(
        "equality_of_two",
        "right: [aid.paid.amount], open: false",
        "right: [aid.paid.amount, -aid.paid.own], kind: equality",
        "E607",
        "reconciliations[0].right",
        ("只有一个事实", "kind: sum"),
    ),
    Broken("data_dir_absolute", "data_dir: data/2030", "data_dir: /data/2030", "E606", "data_dir", ("相对路径",)),
    Broken("data_dir_above", "data_dir: data/2030", "data_dir: data/../../2030", "E606", "data_dir", ("不含“..”",)),
    Broken("data_dir_drive", "data_dir: data/2030", "data_dir: C:/data", "E606", "data_dir", ("相对路径",)),
    Broken("data_dir_backslash", "data_dir: data/2030", "data_dir: data\\2030", "E606", "data_dir", ("用 / 分隔",)),
    Broken("data_dir_home", "data_dir: data/2030", "data_dir: ~/data", "E606", "data_dir", ("相对路径",)),
]


def twice(name: str, item: str, again: str, column: str, first: str) -> Broken:
    """A list item `item` of the valid file is followed by `again`, which repeats the value at `first`."""
    return Broken(name, item, f"{item}\n{again}", "E607", column, (f"与 {first} 相同", "不同的值"), again)


REGION = '  - {code: "990100", name: 甲市, short_name: 甲}'
GRANT_TYPE = "      - {id: living, name: 生活补助}"
MILESTONE = "      - {id: survey, name: 摸底, role: preparation}"
PROBLEM = "  - {id: late_start, title: 启动晚, text: 方案下达较晚。}"
MEASURE = "  - {id: earlier, title: 提前, text: 提前制定方案。, problems: [late_payment, late_start]}"
USE = "  - {id: use, label: 分配等于支付, left: [aid.allocated.amount], right: [aid.paid.amount], open: false}"
PROGRAMME = "programmes[0]"
GRANTS, EVENTS = f"{PROGRAMME}.grant_types", f"{PROGRAMME}.milestones"
NEXT_REGION = '  - {code: "990100", name: 乙市, short_name: 乙}'
SAME_REGION = '  - {code: "990200", name: 甲市, short_name: 乙}'
NEXT_GRANT = "      - {id: living, name: 医疗补助}"
NEXT_EVENT = "      - {id: survey, name: 复核, role: preparation}"
AS_RULE = "  - {id: missing_figures, title: 数据缺, text: 数据不全。}"
FOR = "[late_payment, late_start]"

AGREEMENT = [
    twice("region_code", REGION, NEXT_REGION, "regions[1].code", "regions[0].code"),
    twice("region_name", REGION, SAME_REGION, "regions[1].name", "regions[0].name"),
    twice("grant_type_id", GRANT_TYPE, NEXT_GRANT, f"{GRANTS}[1].id", f"{GRANTS}[0].id"),
    twice("grant_type_name", GRANT_TYPE, "      - {id: food, name: 生活补助}", f"{GRANTS}[1].name", f"{GRANTS}[0].name"),
    twice("milestone_id", MILESTONE, NEXT_EVENT, f"{EVENTS}[1].id", f"{EVENTS}[0].id"),
    twice("problem_id", PROBLEM, PROBLEM.replace("启动晚", "迟"), "problems[1].id", "problems[0].id"),
    twice("measure_id", MEASURE, MEASURE.replace("提前,", "尽早,"), "measures[1].id", "measures[0].id"),
    twice("reconciliation_id", USE, USE.replace("分配", "下达"), "reconciliations[1].id", "reconciliations[0].id"),
    twice("question_id", QUESTION, "  - {id: Q1, text: 又一问。}", "open_questions[1].id", "open_questions[0].id"),
    Broken(
        "base_grant", "base_grant: living", "base_grant: livin", "E607", "programmes[0].base_grant", ("“livin”", "“living”？")
    ),
    Broken(
        "beneficiary_without_unit", "    unit: 户\n", "", "E607", f"{PROGRAMME}.beneficiary", ("却没有unit。",), "beneficiary:"
    ),
    Broken(
        "grants_without_beneficiary",
        "    beneficiary: 示例家庭\n",
        "",
        "E607",
        f"{PROGRAMME}.unit",
        ("写有unit、unit_id、grant_types、base_grant，却没有beneficiary", "请全部删去"),
        "unit:",
    ),
    Broken("no_regions", f"regions:\n{REGION}", "regions: []", "E607", "regions", ("“示例补助”", "distributed: false")),
    Broken("no_payment", "role: payment", "role: preparation", "E607", EVENTS, ("payment 的事项有 0 个",), "milestones:"),
    Broken("two_payments", "role: preparation", "role: payment", "E607", EVENTS, ("有 2 个", "恰有一个"), "milestones:"),
    Broken("problem_as_rule", PROBLEM, f"{PROBLEM}\n{AS_RULE}", "E607", "problems[1].id", ("规则“数据缺失”",), AS_RULE),
    Broken("no_such_problem", FOR, "[idle]", "E607", "measures[0].problems[0]", ("没有编号为“idle”", "own_funds_top_up")),
    Broken("problem_misspelt", FOR, "[late_paymnt]", "E607", "measures[0].problems[0]", ("“late_payment”？",)),
    Broken("year_of_another_file", YEAR, "fiscal_year: 2031", "E607", "fiscal_year", ("2031", "2030.yml 不一致")),
]

SPENDING = "programmes[0].texts.spending[0]"

TEMPLATES = [
    Broken(
        "typed_digits", PARAGRAPH, "- 分配{{ aid.paid.amount }}，共14个地区。", "E608", SPENDING, ("直接写有数字“14”", "事实编号")
    ),
    Broken("typed_numerals", PARAGRAPH, "- 安排三百万元。", "E608", SPENDING, ("直接写有数字“三百万”",)),
    Broken("open_braces", PARAGRAPH, "- 分配{{ aid.paid。", "E608", SPENDING, ("模板", "}} 是否成对")),
    Broken("unknown_statement", PARAGRAPH, '- "{% input %}"', "E608", SPENDING, ("模板",)),
    Broken("bad_line_kept", PARAGRAPH, "- |\n          甲。\n          乙{{ aid paid }}。", "E608", SPENDING, ("这一行",), "乙"),
    Broken(
        "bad_line_folded", PARAGRAPH, "- >-\n          甲。\n          乙{{ aid paid }}。", "E608", SPENDING, ("这一行",), "乙"
    ),
    Broken("bad_line_quoted", PARAGRAPH, '- "甲。\n          乙{{ aid paid }}。"', "E608", SPENDING, ("这一行",), "乙"),
    Broken("thousand_brackets", PARAGRAPH, "- 甲{{ " + "(" * 3900 + " }}", "E608", SPENDING, ("模板",)),
    Broken("stated_problem", "text: 方案下达较晚。", 'text: "方案{{ 下达"', "E608", "problems[0].text", ("模板",)),
    Broken(
        "goal_typed_digits",
        "rules: national-default\n",
        "rules: national-default\ngoals:\n  items:\n    - achieved: 发放14户\n",
        "E608",
        "goals.items[0].achieved",
        ("直接写有数字“14”",),
        "achieved: 发放14户",
    ),
    Broken(
        "goal_key",
        "rules: national-default\n",
        "rules: national-default\ngoals:\n  items:\n    - expect: 发放补助\n",
        "E603",
        "goals.items[0].expect",
        ("是否应为“expected”",),
        "expect: 发放补助",
    ),
    Broken("measure", "text: 提前制定方案。", 'text: "提前{{ 制定"', "E608", "measures[0].text", ("模板",)),
]

SYNTAX = [
    Broken("tab_indent", SHORT, "\tshort_name: 示例\n", "E609", None, ("制表符", "空格")),
    Broken("tab_in_line", SHORT, "  short_name:\t示例\n", "E609", None, ("制表符",)),
    Broken("control_character", SHORT, "  short_name: 示\x08例\n", "E609", None, ("U+0008", "删去")),
    Broken("line_separator", SHORT, "  short_name: 示\u2028例\n", "E609", None, ("U+2028",)),
    Broken("quote_open", CODE, "code: '990001", "E609", None, ("引号没有配对",)),
    Broken(
        "quote_end_missing_in_flow",
        "[late_payment, late_start]}",
        '[late_payment, "late_start]}',
        "E609",
        None,
        ("引号没有配对",),
        '"late_start',
    ),
    Broken("bracket_open", "uses: [生活补助]", "uses: [生活补助", "E609", None, ("括号没有配对",)),
    Broken("colon_missing", YEAR, "fiscal_year 2030", "E609", None, ("此处不应有冒号",), "data_dir"),
    Broken(
        "colon_missing_below",
        "  name: 示例部门\n",
        "  name: 示例部门\n  注意\n  title: 甲\n",
        "E609",
        None,
        ("缺少“键: 值”中的冒号",),
        "注意",
    ),
    Broken("colon_in_value", SHORT, "  short_name: 示例: 甲\n", "E609", None, ("此处不应有冒号", "加引号")),
    Broken("indentation", SHORT, "   short_name: 示例\n", "E609", None, ("不应有冒号", "缩进")),
    Broken("dedent", SHORT, " short_name: 示例\n", "E609", None, ("对不齐", "缩进")),
    Broken("text_after_quote", SHORT, '  short_name: "示"例\n', "E609", None, ("值后有多余的文字",)),
    Broken("backslash", SHORT, '  short_name: "示\\例"\n', "E609", None, ("反斜杠",)),
    Broken("at_sign", SHORT, "  short_name: @示例\n", "E609", None, ("不能以这个符号开头", "加引号")),
    Broken("asterisk", SHORT, "  short_name: *示例*\n", "E609", None, ("不能以这个符号开头",)),
    Broken("list_in_line", SHORT, "  short_name: - 示例\n", "E609", None, ("此处不应有“- ”",)),
    Broken("text_after_bar", SHORT, "  short_name: |示例\n", "E609", None, ("“|”和“>”的后面",)),
    Broken("beyond_unicode", SHORT, '  short_name: "\\UFFFFFFFF"\n', "E609", None, ("数字过大",)),
]

BROKEN = [*NOTATION, *KEYS, *VALUES, *AGREEMENT, *TEMPLATES, *SYNTAX]
