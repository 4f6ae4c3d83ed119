"""Self-evaluation tables that tests write to files."""

from __future__ import annotations

from openpyxl import Workbook

HEAD = "一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因分析及改进措施"

FORM = f"""部门整体支出绩效自评表
年度资金,资金,年初预算数,全年预算数（A）,全年执行数（B）,分值,执行率（B/A）,得分
,年度资金总额,"1,000.00",1200,1100,10,91.67%,9.17
,其中：当年财政拨款,800,1000,900,—,90.00%,—
,上年结转资金,200,200,200,—,100%,—
年度总体目标,预期目标,,,,实际完成情况
,完成14个地州市的帮扶,,,,已完成
{HEAD}
产出指标（50分）,数量指标,慰问人数,≥3850人,3850人,20,20,
,,表彰场次,＝14个,13个,10,9.29,有一场没有举行
,时效指标,完成时间,2022年12月底前,2022年11月30日,20,20,
效益指标（30分）,社会效益指标,培训,≥100人次,120人次,30,30,
满意度指标,服务对象满意度指标,满意度,90%以上,98%,10,10,
总分,,,,,100,98.46,
填报人：,,,,,,,
"""
"""The national form, all in order: with budget 12,000,000 and executed 11,000,000 yuan its scores are right."""


def table(*rows: str, head: str = HEAD) -> str:
    """A table of a header and rows; the first row of indicators is row 2."""
    return "\n".join([head, *rows]) + "\n"


def write(folder, text, name="table.csv"):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def write_xlsx(folder, rows, merges=(), name="table.xlsx"):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    for merge in merges:
        workbook.active.merge_cells(merge)
    workbook.save(folder / name)
    return folder / name
