"""Chinese characters with several readings in everyday text, whose reading is worth a look before it is paid for.

Not every character with a second reading in a large dictionary: rare and old readings are left out, and so are the
small words that stand in every sentence (的 了 着 地 得 都 不 一), which voices read rightly from the grammar.
"""

from __future__ import annotations

import re

POLYPHONIC = (
    "行长重传乐还便朝降强调参差藏曾称处创弹当倒提斗度发缝冠华济假间将教角觉结解尽禁卡"
    "空累量落率绿蒙模磨难宁迫铺奇铅切曲任撒散塞丧色扫煞扇舍什省盛识数宿拓挑帖吐尾鲜校"
    "兴血削旋咽应佣与予晕载扎炸粘占涨转钻作柏薄背奔扁泊卜颤场匙冲臭畜攒逮担钉肚囤恶干"
    "葛供勾骨龟巷横划晃混豁稽缉夹监劲卷菌咳壳吭勒擂俩淋笼搂露抹脉埋蔓闷眯秘泌牟娜泥拧"
    "疟排胖刨炮喷片漂撇仆朴瀑栖悄茄亲圈雀嚷厦杉苫召熟刷衰遂踏苔趟褪瓦委系吓纤哄吁殷饮"
    "择轧爪折症殖轴拽琢仔综钥叶艾拗单盖尿屏约乘尺肖查仇区翟更磅蚌剥堡暴辟臂伯采禅绰答"
    "沓隔荷核喝糊颈倔嚼矫缴捋络嗯酿蔫呕扒番泡期翘俏蕊蛇缩倘淌驮遗铣邪熏芫苑员挣著椎"
    "号和分看没通正给好少似说为相会种只中几"
)
POLYPHONES = re.compile(f"[{POLYPHONIC}]")
"""Finds them in a text."""
