"""Words that a page, a feed, a picture and a script element must all survive."""

HOSTILE = [
    "</script><script>alert(1)</script>",
    "\"Quoted\" 'twice' & <b>bold</b> ]]> <!-- --> \\ \\u003c",
    "Emoji 🎉 👩‍🔬 and ® in a headline",
    "Very long, " * 27 + "end",
    "W" * 300,
    "مقدمة في تعلم الآلة",
    "混合专家模型",
    "Form feed\x0c and \uffff, line\u2028separator",
    "{{ braces }} {% now %} $\\alpha$ `code`",
]
