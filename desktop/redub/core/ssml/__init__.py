"""The script of a take: Tencent's SSML with exact positions, its marks, its checks and its reading.

    ssml = insert_mark("Hello world", 5, 5, "break", {"time": "500ms"})[0]
    problems(ssml)                       # () when the service would take it
    spoken_text(parse(ssml))             # "Hello world"

All positions are character offsets (code points) in the source string.
"""
