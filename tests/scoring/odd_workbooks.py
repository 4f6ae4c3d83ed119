"""Workbooks as departments write them, with the points of each row worked out by hand and the issues that have to be told."""

from __future__ import annotations

from datetime import datetime

from score_tables import HEAD

COLUMNS = HEAD.split(",")

XLSX = {
    "merged_levels_and_total": (
        [
            ["绩效指标", *COLUMNS],
            [None, "产出指标", "数量指标", "修路里程", "≥10公里", "9.5公里", 40, 38, "下雨"],
            [None, None, None, "修桥座数", "＝2座", 2, 20, 20],
            [None, None, "成本指标", "工程造价", "≤300万元", "3300000元", 30, 27, "涨价"],  # 30 × (2 − 330 ÷ 300)
            ["总分", None, None, None, None, None, 100, 94.5],
        ],
        ["A1:A4", "B2:B4", "C2:C3", "A5:F5"],
        {},
        ["38.00", "20.00", "27.00"],
        [],
    ),
    "merged_names": (
        [
            COLUMNS,
            ["产出", "数量", "慰问对象", "≥10人", "9人", 60, 54],
            [None, None, None, "≥20户", "20户", 30, 30],
        ],
        ["A2:A3", "B2:B3", "C2:C3"],
        {},
        ["54.00", "30.00"],
        [],
    ),
    "merged_points": (
        [
            COLUMNS,
            ["产出", "数量", "慰问人数", "≥10人", "9人", 90, 81],
            [None, None, "慰问户数", "≥20户", "20户", None, None],
        ],
        ["F2:F3", "G2:G3"],
        {},
        ["81.00", None],
        [("T104", 3)],
    ),
    "header_in_two_rows": (
        [
            ["一级指标", "二级指标", "三级指标", "指标值", None, "实际完成值", "分值", "得分"],
            [None, None, None, "年度指标值", "计量单位"],
            ["产出", "数量", "人数", "≥10", "人", 9, 90, 81],
        ],
        ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2", "G1:G2", "H1:H2"],
        {},
        ["81.00"],
        [],
    ),
    "levels_below_one_heading": (
        [
            ["绩效指标", None, None, "年度指标值", "实际完成值", "分值", "得分"],
            ["一级指标", "二级指标", "三级指标"],
            ["产出", "数量", "人数", "≥10人", "9人", 90, 81],
        ],
        ["A1:C1", "D1:D2", "E1:E2", "F1:F2", "G1:G2"],
        {},
        ["81.00"],
        [],
    ),
    "percentages_as_excel_shows_them": (
        [
            COLUMNS,
            ["产出", "质量", "合格率", "≥95%", 0.855, 40, 36],  # 40 × 85.5 ÷ 95
            ["产出", "质量", "及格率", 0.9, 0.85, 30, 28.33],  # 30 × 85 ÷ 90
            ["满意度", "满意度", "满意度", "≥90%", "92%", 0.2, 20],
        ],
        [],
        {"E2": "0.0%", "D3": "0.00%", "E3": "0%", "F4": "0%"},
        ["36.00", "28.33", "20.00"],
        [],
    ),
    "dates_and_sums_of_floats": (
        [
            COLUMNS,
            ["产出", "时效", "完成日期", datetime(2022, 12, 31), datetime(2022, 11, 30), 0.1 + 0.2, 0.3],
            ["产出", "数量", "人数", "≥3人", 2.0000000000000004, 89.7, 59.8],  # 89.7 × 2 ÷ 3
        ],
        [],
        {},
        ["0.30", "59.80"],
        [],
    ),
    "formulas_never_calculated": (
        [COLUMNS, ["产出", "数量", "人数", "≥10人", "9人", 90, "=F2*0.9"], ["产出", "质量", "合格率", "≥90%", "=1/0", "=10-10"]],
        [],
        {},
        ["81.00", None],
        [("T110", 2), ("T110", 3), ("T110", 3), ("T104", 3)],
    ),
}
"""Rows, merges, number formats, points by hand, issues in the order of rows."""
