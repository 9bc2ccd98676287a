"""How marked texts are read in Chinese: everything becomes Chinese characters, for any voice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from redub.core.ssml.units import named_unit

_DIGITS = "零一二三四五六七八九"
_TELEPHONE_DIGITS = "零幺二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿", "亿亿")
_SIGNS = {
    ".": "点",
    ",": "逗号",
    "?": "问号",
    "!": "感叹号",
    ":": "冒号",
    ";": "分号",
    "-": "杠",
    "–": "破折号",
    "—": "破折号",
    "…": "省略号",
    "(": "左括号",
    ")": "右括号",
    "（": "左括号",
    "）": "右括号",
    '"': "引号",
    "“": "左引号",
    "”": "右引号",
    "《": "左书名号",
    "》": "右书名号",
    "/": "斜杠",
    "\\": "反斜杠",
    "@": "艾特",
    "#": "井号",
    "&": "和",
    "*": "星号",
    "+": "加号",
    "=": "等号",
    "_": "下划线",
    "%": "百分号",
    "<": "小于号",
    ">": "大于号",
    "。": "句号",
    "，": "逗号",
    "？": "问号",
    "！": "感叹号",
    "、": "顿号",
    "：": "冒号",
    "；": "分号",
}
_UNITS = {
    "km": "千米",
    "m": "米",
    "dm": "分米",
    "cm": "厘米",
    "mm": "毫米",
    "kg": "千克",
    "g": "克",
    "mg": "毫克",
    "t": "吨",
    "l": "升",
    "ml": "毫升",
    "h": "小时",
    "min": "分钟",
    "s": "秒",
    "ms": "毫秒",
    "°c": "摄氏度",
    "℃": "摄氏度",
    "°f": "华氏度",
    "°": "度",
    "km/h": "千米每小时",
    "m/s": "米每秒",
    "kw": "千瓦",
    "w": "瓦",
    "v": "伏",
    "hz": "赫兹",
}
_POWERS = {"²": "平方", "2": "平方", "³": "立方", "3": "立方"}
_MONEY = {
    "$": "美元",
    "usd": "美元",
    "€": "欧元",
    "eur": "欧元",
    "£": "英镑",
    "gbp": "英镑",
    "¥": "元",
    "￥": "元",
    "rmb": "元",
    "cny": "元",
    "元": "元",
    "jpy": "日元",
    "hkd": "港元",
}
_AMOUNT = re.compile(r"(?P<before>[^\d\s.,+-]*)\s*(?P<number>[+-]?[\d,]*\.?\d+)\s*(?P<after>[^\d\s].*|)")


def han_number(number: int) -> str:
    """Write a whole number from 0 on as it is spoken: 10 is 十, 105 is 一百零五."""
    if number == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    spoken = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        gap = spoken and (group < 1000 or not groups[place + 1])
        spoken += ("零" if gap else "") + _group(group) + _GROUPS[place]
    return spoken[1:] if spoken.startswith("一十") else spoken


def _group(group: int) -> str:
    """Write 1 to 9999."""
    spoken, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(spoken)
            continue
        spoken += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return spoken


def _cardinal(text: str) -> str:
    found = re.fullmatch(r"([+-]?)([\d,]*)(?:\.(\d+))?(%?)", text)
    if not found or not (found[2] or found[3]):
        return text
    digits = found[2].replace(",", "") or "0"
    whole = han_number(int(digits)) if len(digits) <= 16 else _digits(digits)
    part = "点" + _digits(found[3]) if found[3] else ""
    return ("百分之" if found[4] else "") + ("负" if found[1] == "-" else "") + whole + part


def _digits(text: str) -> str:
    return "".join(
        _DIGITS[int(sign)] if sign in "0123456789" else "点" for sign in text if sign in "0123456789."
    )


def _telephone(text: str) -> str:
    groups = re.findall(r"[0-9]+", text)
    spoken = "，".join("".join(_TELEPHONE_DIGITS[int(digit)] for digit in group) for group in groups)
    return ("加" if text.startswith("+") else "") + spoken


def _characters(text: str) -> str:
    return " ".join(_name(sign) for sign in text if not sign.isspace())


def _name(sign: str) -> str:
    if sign in "0123456789":
        return _DIGITS[int(sign)]
    return _SIGNS.get(sign) or sign.upper()


def _punctuation(text: str) -> str:
    shorter = re.sub(r"…+|\.{3,}", "…", re.sub("—+", "—", text))
    return " ".join(
        "句号" if sign == "." else _SIGNS.get(sign, sign) for sign in shorter if not sign.isspace()
    )


def _address(text: str) -> str:
    """Read numbers of three digits and more one by one, and shorter ones as numbers."""
    return re.sub(
        r"[0-9]+",
        lambda found: (
            "".join(_TELEPHONE_DIGITS[int(digit)] for digit in found[0])
            if len(found[0]) > 2
            else han_number(int(found[0]))
        ),
        text,
    )


def _date(text: str) -> str:
    found = re.fullmatch(r"(?:([0-9]{2,4})[-/.])?([0-9]{1,2})[-/.]([0-9]{1,2})", text)
    month = re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})", text)
    if month:
        return f"{_digits(month[1])}年{han_number(int(month[2]))}月"
    if found:
        year = f"{_digits(found[1])}年" if found[1] else ""
        return f"{year}{han_number(int(found[2]))}月{han_number(int(found[3]))}日"
    years = re.sub(r"([0-9]{2,4})(?=年)", lambda year: _digits(year[1]), text)
    return re.sub(r"[0-9]+", lambda number: _cardinal(number[0]), years)


def _time(text: str) -> str:
    found = re.fullmatch(r"(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2}))?\s*(?:([apAP])\.?[mM]\.?)?", text)
    if not found:
        return re.sub(r"[0-9]+", lambda number: _cardinal(number[0]), text)
    half = {"a": "上午", "p": "下午"}.get((found[4] or "").lower(), "")
    minutes, seconds = int(found[2] or 0), int(found[3] or 0)
    spoken = f"{half}{_hour(int(found[1]))}点"
    spoken += f"{'零' if minutes < 10 else ''}{han_number(minutes)}分" if minutes else ""
    spoken += f"{han_number(seconds)}秒" if seconds else ""
    return spoken if minutes or seconds else spoken + "整"


def _hour(hour: int) -> str:
    return "两" if hour == 2 else han_number(hour)


def _measure(text: str) -> str:
    found = _AMOUNT.fullmatch(text)
    if not found:
        return text
    number, unit = _cardinal(found["number"]), found["after"].strip()
    return _cardinal(found["number"] + "%") if unit == "%" else number + named_unit(unit, _UNITS, _POWERS)


def _currency(text: str) -> str:
    found = _AMOUNT.fullmatch(text)
    money = _MONEY.get((found["before"] or found["after"]).strip().lower()) if found else None
    return _cardinal(found["number"]) + money if found and money else text


RULES: Mapping[str, Callable[[str], str]] = {
    "cardinal": _cardinal,
    "digits": _digits,
    "telephone": _telephone,
    "address": _address,
    "id": _characters,
    "date": _date,
    "time": _time,
    "punctuation": _punctuation,
    "characters": _characters,
    "measure": _measure,
    "currency": _currency,
}
