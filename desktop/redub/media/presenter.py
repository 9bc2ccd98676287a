"""Draw the presenter of the sample clip: flat shapes with soft edges, moved by a few numbers a frame."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from redub.media.pen import HEIGHT, MIDDLE, Move, Pen, Point, mirrored, on_side, open_curve

_NECK = (360.0, 730.0)

SKIN, SKIN_SHADE, SKIN_CREASE, SKIN_LINE = (242, 196, 164), (222, 167, 134), (226, 172, 140), (201, 138, 108)
HAIR, HAIR_SHADE, HAIR_SHINE = (78, 50, 40), (58, 36, 30), (98, 64, 50)
JACKET, JACKET_SHADE, LAPEL, LAPEL_EDGE = (43, 74, 108), (33, 58, 88), (54, 90, 128), (29, 52, 80)
SHIRT, SHIRT_SHADE = (250, 244, 234), (228, 217, 203)
WHITE, IRIS, IRIS_EDGE, PUPIL = (253, 251, 248), (104, 136, 108), (62, 84, 70), (33, 29, 30)
LIP, LIP_DARK, MOUTH, TONGUE = (201, 98, 92), (178, 78, 76), (92, 34, 38), (196, 104, 104)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """Everything that moves; ratios go from 0 to 1.

    :ivar sway: pixels to the right at the height of the head
    :ivar breath: pixels that the shoulders are lifted
    :ivar tilt: degrees that the head leans to the right
    :ivar nod: pixels that the face is lowered
    :ivar turn: pixels that the features slide to the right, as when the head turns
    :ivar lids: how far the eyes are open
    :ivar brows: how far the brows are lifted
    :ivar mouth: how far the mouth is open
    :ivar round: how round the lips are
    :ivar hand: how far the hand is raised
    :ivar wave: degrees that the raised hand is turned
    """

    sway: float = 0.0
    breath: float = 0.0
    tilt: float = 0.0
    nod: float = 0.0
    turn: float = 0.0
    lids: float = 1.0
    brows: float = 0.0
    mouth: float = 0.0
    round: float = 0.0
    hand: float = 0.0
    wave: float = 0.0


def draw_presenter(backdrop: Image.Image, pose: Pose) -> Image.Image:
    """Return `backdrop` (720x1280, RGB) with the presenter in front of it."""
    pen = Pen(backdrop)
    body, head = _body_move(pose), _head_move(pose)
    _hair_behind(pen, head)
    _neck(pen, body, head)
    _jacket(pen, body)
    _face(pen, head, pose)
    for side in (-1, 1):
        _eye(pen, _slid(head, pose), side, pose)
    _nose(pen, _slid(head, pose, 1.5))
    _mouth(pen, _slid(head, pose), pose)
    _hair_in_front(pen, head)
    if pose.hand > 0.01:
        _hand(pen, pose)
    return pen.finished()


def _body_move(pose: Pose) -> Move:
    def move(point: Point) -> Point:
        x, y = point
        height = (HEIGHT - y) / (HEIGHT - _NECK[1])
        spread = 1 + 0.0006 * pose.breath * min(1.0, max(0.0, height))
        return MIDDLE + (x - MIDDLE) * spread + 0.7 * pose.sway * height, y - pose.breath * min(1.0, height)

    return move


def _head_move(pose: Pose) -> Move:
    angle = math.radians(pose.tilt)
    cos, sin = math.cos(angle), math.sin(angle)
    left, up = 0.7 * pose.sway, pose.breath - pose.nod

    def move(point: Point) -> Point:
        x, y = point[0] - _NECK[0], point[1] - _NECK[1]
        return _NECK[0] + x * cos - y * sin + left, _NECK[1] + x * sin + y * cos - up

    return move


def _slid(move: Move, pose: Pose, depth: float = 1.0) -> Move:
    """Slide what lies further in front further: this is how a flat head turns."""
    aside, down = pose.turn * depth, pose.nod * 0.5 * depth
    return lambda point: move((point[0] + aside, point[1] + down))


def _hair_behind(pen: Pen, head: Move) -> None:
    left = [
        (296, 300),
        (232, 344),
        (202, 432),
        (192, 540),
        (180, 640),
        (184, 716),
        (216, 764),
        (268, 778),
        (318, 758),
    ]
    pen.blob([(360, 284), *left, (360, 750), *mirrored(left)[::-1]], HAIR_SHADE, head)


def _neck(pen: Pen, body: Move, head: Move) -> None:
    pen.blob([(304, 630), (416, 630), (414, 720), (436, 790), (360, 850), (284, 790), (306, 720)], SKIN, body)
    shade = [(300, 640), (420, 640), (416, 700), (396, 738), (352, 752), (314, 722), (304, 690)]
    pen.blob(shade, SKIN_SHADE, head)


def _jacket(pen: Pen, body: Move) -> None:
    pen.polygon([(290, 775), (360, 850), (430, 775), (440, 1000), (360, 1100), (280, 1000)], SHIRT, body)
    pen.polygon([(313, 772), (360, 868), (407, 772), (398, 752), (322, 752)], SKIN, body)
    pen.polygon([(316, 790), (360, 874), (404, 790), (400, 766), (360, 812), (320, 766)], SKIN_SHADE, body)
    for side in (False, True):
        pen.polygon(on_side([(306, 756), (360, 872), (322, 900), (286, 800)], side), SHIRT, body)
        pen.polygon(on_side([(322, 900), (360, 872), (360, 884), (330, 908)], side), SHIRT_SHADE, body)
        shoulder: list[Point] = [
            (298, 752),
            (248, 794),
            (176, 824),
            (120, 862),
            (88, 940),
            (70, 1080),
            (58, 1320),
        ]
        inner: list[Point] = [(362, 1320), (362, 1060), (332, 960), (300, 860), (282, 800)]
        pen.polygon(on_side(open_curve(shoulder) + inner, side), JACKET, body)
        arm = [(160, 985), (148, 1100), (150, 1320), (161, 1320), (163, 1100)]
        pen.blob(on_side(arm, side), JACKET_SHADE, body)
        lapel = [
            (292, 752),
            (254, 806),
            (236, 880),
            (282, 886),
            (262, 924),
            (360, 1078),
            (338, 970),
            (304, 860),
        ]
        pen.polygon(on_side([(x - 4, y + 8) for x, y in lapel], side), LAPEL_EDGE, body)
        pen.polygon(on_side(lapel, side), LAPEL, body)
    pen.stroke([(360, 1078), (361, 1320)], 3, LAPEL_EDGE, body)
    pen.oval((346, 1130), (9, 9), LAPEL_EDGE, body)
    pen.oval((345, 1128), (7, 7), LAPEL, body)


def _face(pen: Pen, head: Move, pose: Pose) -> None:
    chin = pose.mouth * 9
    left = [(262, 380), (244, 460), (247, 540), (262, 608), (298, 664 + chin / 2), (334, 690 + chin)]
    outline = [(360, 340), *left, (360, 695 + chin), *mirrored(left)[::-1]]
    pen.blob(outline, SKIN, head)
    shade = [
        (458, 400),
        (477, 470),
        (474, 545),
        (459, 608),
        (424, 664 + chin / 2),
        (388, 691 + chin),
        (430, 630),
        (452, 540),
    ]
    pen.blob(shade, (*SKIN_SHADE, 120), head)
    for side in (-1, 1):
        cheek = (MIDDLE + side * 68 + pose.turn, 582)
        for step in range(6):
            pen.oval(cheek, (38 - 5 * step, 27 - 3.5 * step), (232, 124, 108, 12), head)


def _eye(pen: Pen, move: Move, side: int, pose: Pose) -> None:
    x, y = MIDDLE + side * 55, 512.0
    look = pose.turn * 0.25
    almond = [(-31, 2), (-13, -16), (11, -16), (31, 1), (13, 15), (-13, 15)]
    pen.blob([(x + dx, y + dy) for dx, dy in almond], WHITE, move)
    pen.oval((x + look, y - 1), (15.5, 16), IRIS_EDGE, move)
    pen.oval((x + look, y - 1), (13, 13.5), IRIS, move)
    pen.oval((x + look, y - 1), (7.5, 8), PUPIL, move)
    pen.oval((x + look - 5, y - 6), (4.2, 4.2), WHITE, move)
    pen.oval((x + look + 5, y + 5), (2.2, 2.2), (*WHITE, 150), move)
    # The lid comes down over the eye: from above its highest place to where its edge is now.
    arc = [(-33, 3), (-21, -9), (-8, -15.5), (8, -15.5), (21, -9), (33, 2)]
    drop = (1 - pose.lids) * 32
    edge = [(x + dx, y + dy + drop * max(0.0, 1 - (dx / 33) ** 2)) for dx, dy in arc]
    cover = [*open_curve(edge), (x + 36, y - 22), (x, y - 31), (x - 36, y - 22)]
    pen.polygon(cover, SKIN, move)
    pen.stroke(open_curve([(x - 22, y - 19), (x, y - 25), (x + 22, y - 19)]), 2, SKIN_CREASE, move)
    pen.stroke(open_curve(edge), 4.5, HAIR_SHADE, move)
    outer = edge[0] if side < 0 else edge[-1]
    pen.stroke([outer, (outer[0] + side * 7, outer[1] - 5)], 4, HAIR_SHADE, move)
    _brow(pen, move, x, side, pose)


def _brow(pen: Pen, move: Move, x: float, side: int, pose: Pose) -> None:
    y = 467 - 8 * pose.brows
    lift = 2 + 3 * pose.brows
    bow = [(-31, 2 - lift / 2), (-10, -6 - lift), (12, -8 - lift), (38, 6)]
    under = [(14, -2 - lift), (-8, 1 - lift), (-31, 9 - lift / 2)]
    pen.blob([(x + side * dx, y + dy) for dx, dy in (*bow, *under)], HAIR, move)


def _nose(pen: Pen, move: Move) -> None:
    pen.blob([(364, 520), (372, 560), (378, 586), (362, 598), (366, 570)], (*SKIN_SHADE, 150), move)
    pen.stroke(open_curve([(344, 589), (350, 597), (360, 600), (370, 597), (376, 589)]), 4, SKIN_LINE, move)


def _mouth(pen: Pen, move: Move, pose: Pose) -> None:
    y, wide = 638.0, 47 - 5 * pose.mouth - 15 * pose.round
    rise = 12 - 7 * pose.mouth - 3 * pose.round
    gap = 25 * pose.mouth
    corners = [(MIDDLE - wide, y - rise), (MIDDLE + wide, y - rise)]
    top = [(-0.45 * wide, -9), (-0.16 * wide, -12), (0, -9), (0.16 * wide, -12), (0.45 * wide, -9)]
    lip = 10 + 2 * pose.round
    upper = [(MIDDLE + dx, y + dy - gap * 0.25) for dx, dy in top]
    lower = [(MIDDLE + dx, y + lip + gap - abs(dx) * 0.12) for dx in (0.55 * wide, 0, -0.55 * wide)]
    pen.blob([corners[0], *upper, corners[1], *lower], LIP, move)
    if gap < 1.2:
        line = [(-1, -rise), (-0.45, -2), (0, 0), (0.45, -2), (1, -rise)]
        pen.stroke(open_curve([(MIDDLE + wide * dx, y + dy) for dx, dy in line]), 2.6, LIP_DARK, move)
    else:
        _open_mouth(pen, move, y - rise + 1, wide, gap)
    for side in (-1, 1):
        dimple = (MIDDLE + side * (wide + 5), y - rise)
        pen.stroke([(dimple[0], dimple[1] - 4), (dimple[0] + side, dimple[1] + 4)], 3, SKIN_CREASE, move)
    pen.stroke(
        open_curve([(348, y + lip + gap + 10), (360, y + lip + gap + 12), (372, y + lip + gap + 10)]),
        2.5,
        SKIN_CREASE,
        move,
    )


def _open_mouth(pen: Pen, move: Move, corner: float, wide: float, gap: float) -> None:
    """Draw what is seen between the lips: dark, the upper teeth, the tongue."""
    spots = [step / 10 - 1 for step in range(21)]
    across = [MIDDLE + wide * 0.88 * spot for spot in spots]
    round_off = [math.sqrt(max(0.0, 1 - spot * spot)) for spot in spots]
    depth = 638.0 - corner
    roof = [corner + (depth - 3 - gap * 0.22) * bend for bend in round_off]
    floor = [corner + (depth + gap) * bend for bend in round_off]
    pen.polygon(_band(across, roof, floor), MOUTH, move)
    reach = slice(3, -3)
    teeth = [top + min(9.0, gap * 0.5) * (1 - spot**4) for top, spot in zip(roof, spots, strict=True)]
    biting = [min(edge, low) for edge, low in zip(teeth, floor, strict=True)]
    pen.polygon(_band(across[reach], roof[reach], biting[reach]), WHITE, move)
    tongue = [
        low - gap * 0.42 * max(0.0, 1 - (spot / 0.7) ** 2) for low, spot in zip(floor, spots, strict=True)
    ]
    visible = [max(top, edge) for top, edge in zip(tongue, biting, strict=True)]
    pen.polygon(_band(across[reach], visible[reach], floor[reach]), TONGUE, move)


def _band(across: Sequence[float], upper: Sequence[float], lower: Sequence[float]) -> list[Point]:
    return [*zip(across, upper, strict=True), *reversed(list(zip(across, lower, strict=True)))]


def _hair_in_front(pen: Pen, head: Move) -> None:
    left = [
        (406, 318), (344, 296), (274, 320), (226, 388), (208, 490), (196, 590), (188, 680), (208, 742), (246, 752),
        (272, 712), (262, 640), (252, 570), (256, 505), (278, 452), (322, 412), (376, 380),
    ]  # fmt: skip
    right = [
        (394, 312), (450, 312), (500, 366), (516, 464), (526, 580), (534, 676), (516, 742), (478, 752),
        (450, 712), (460, 640), (469, 570), (466, 505), (454, 448), (432, 404), (404, 372),
    ]  # fmt: skip
    pen.blob(right, HAIR, head)
    pen.blob(left, HAIR, head)
    pen.stroke(open_curve([(400, 340), (330, 352), (276, 400), (246, 470)]), 7, HAIR_SHINE, head)
    pen.stroke(open_curve([(380, 360), (330, 380), (286, 420)]), 4, HAIR_SHINE, head)
    pen.stroke(open_curve([(440, 352), (474, 400), (490, 470)]), 6, HAIR_SHINE, head)
    pen.stroke(open_curve([(222, 560), (210, 640), (214, 706)]), 5, HAIR_SHINE, head)
    pen.stroke(open_curve([(502, 570), (514, 650), (508, 712)]), 5, HAIR_SHINE, head)


def _hand(pen: Pen, pose: Pose) -> None:
    """Draw the arm and the open hand that come up from below on the right."""
    wrist = (560 + 14 * (1 - pose.hand), 1400 - 350 * pose.hand)
    lean = math.radians(9 + pose.wave)
    cos, sin = math.cos(lean), math.sin(lean)

    def move(point: Point) -> Point:
        x, y = point
        return wrist[0] + x * cos - y * sin, wrist[1] + x * sin + y * cos

    elbow = (606.0, wrist[1] + 420)
    here: Move = lambda point: point  # noqa: E731 - the arm is drawn where it is
    pen.stroke([wrist, elbow], 134, LAPEL_EDGE, here)
    pen.stroke([(wrist[0] - 5, wrist[1] + 4), (elbow[0] - 5, elbow[1])], 120, LAPEL, here)
    pen.polygon([(-50, -26), (50, -26), (54, 10), (-54, 10)], SHIRT, move)
    pen.blob(
        [
            (-36, -10),
            (-40, -60),
            (-50, -110),
            (-40, -138),
            (0, -146),
            (42, -136),
            (48, -100),
            (40, -56),
            (36, -10),
        ],
        SKIN,
        move,
    )
    for base, length, angle in ((-35, 76, -13), (-12, 92, -4), (12, 86, 4), (34, 66, 13)):
        tip = (base + length * math.sin(math.radians(angle)), -128 - length * math.cos(math.radians(angle)))
        pen.stroke([(base, -122), tip], 25, SKIN_SHADE, move)
        pen.stroke([(base - 1, -122), (tip[0] - 1, tip[1])], 22, SKIN, move)
    pen.stroke(open_curve([(-34, -66), (-62, -104), (-84, -132)]), 25, SKIN_SHADE, move)
    pen.stroke(open_curve([(-34, -68), (-62, -106), (-84, -134)]), 22, SKIN, move)
    pen.stroke(open_curve([(-30, -84), (-8, -66), (-4, -34)]), 3, SKIN_CREASE, move)
    pen.stroke(open_curve([(-26, -112), (4, -100), (34, -108)]), 2.5, SKIN_CREASE, move)
