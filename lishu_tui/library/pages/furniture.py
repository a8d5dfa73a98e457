"""What tells the text of a page from its furniture: words of ids and classes, and words of lines. Data, no rules.

Hints weigh; none decides alone. An element is furniture only if it does not hold most of the prose of its page.
"""

from __future__ import annotations

import re

# --- elements --------------------------------------------------------------------------------------------------------
STRONG = re.compile(
    r"(?:^| )(?:trs_?\w*editor\w*|trs_ueditor|ucap-?content|artibody|articlebody|article[-_]?(?:body|content|text|"
    r"main|txt|detail)"
    r"|js_content|rich_media_content|endtext|post_text|post_body|mw-parser-output|entry-content|post-content|"
    r"post__content"
    r"|story[-_]?body\w*|story__content|rm_txt_con|cnt_bd|left_zw|art_?con(?:tent|text)?|content[-_]?(?:article|text|"
    r"txt|body|main)"
    r"|main[-_]?content|news[-_]?(?:content|text|txt|body|detail|con)|detail[-_]?(?:content|con|text|body)|zoom|"
    r"zhengwen|zw_?content"
    r"|text[-_]?content|texttit_m1|show_text|show[-_]?content|vsb_content\w*|wp_articlecontent|markdown-body|"
    r"article__content"
    r"|main_content|p-detail|con_txt|blog-?post|articalcontent|postbody|paragraph|text-?con)(?: |$)"
)  # fmt: skip
"""Names that systems of publishing give to the element that holds the text."""
WEAK = re.compile(
    r"(?:^|[ _-])(?:article|content|contents|text|txt|entry|post|story|body|main|news|detail|zw|nr|"
    r"con)(?:[ _-]|$)"
)
STRONG_BONUS, WEAK_BONUS, SEMANTIC_BONUS = 1.6, 1.15, 1.5
"""How many times its score an element counts with such a name, or as article, main or articleBody."""
NAMES: tuple[tuple[str, str], ...] = (
    ("Wayback toolbar", r"wm-ipp\S*|wm-capresources|donato"),
    ("comments", r"comments?|comment[-_]?(?:list|box|area|wrap\w*|section|form|s)|replies|reply|respond|pinglun|"
        r"disqus\S*|guestbook|post-comments?|cy_comment|sohucs|tie-?area"),
    ("related links", r"related\S*|relate\S*|relevant\S*|recommend\S*|\S*[-_]recommend\S*|\S*[-_]related\S*|tuijian|"
        r"xgxw|xgyd|xiangguan|more-?news|hot-?news|hotnews\w*|hot|rank\w*|ranking|topnews|popular\S*|read-?more|"
        r"further|guess\S*|see-?also|morearticle\S*|post-nav\w*"),
    ("navigation", r"nav|navi|navs|nav[-_]\S+|\S+[-_]nav|navbar\S*|navigation\S*|menu|menus|\S*[-_]menu|menu[-_]\S*|"
        r"breadcrumbs?\S*|crumbs?|crumb\S*|site-?map|top-?bar|topnav\S*|channel-?nav|subnav\S*|mainnav\S*|weizhi|"
        r"pager|pagination|pages?-?nav|page-?list|toc|vector-\S*toc\S*|mw-jump-link|mw-navigation|mw-editsection|"
        r"jump-?nav|skip-?link\S*"),
    ("share bar", r"share\S*|\S*[-_]share\S*|sharing\S*|bdshare\S*|bdsharebuttonbox|social[-_]?(?:share|sharing|bar|"
        r"links?|icons?|media|buttons?|nav|follow|list)?|social-?share|"
        r"addthis\S*|jiathis\S*|fenxiang|sns\S*|a2a_\S*|follow-?us|like-?box|dianzan|qrcode\S*|\S*[-_]qrcode|ewm|"
        r"weixin-?box|erweima"),
    ("footer", r"footer\S*|\S*[-_]footer|foot|foot[-_]\S*|copyright\S*|copy-?right|siteinfo|site-?info|bottom-?nav|"
        r"page-?bottom|printfooter|catlinks|mw-footer\S*|banquan|disclaimer|mianze"),
    ("side bar", r"side|sidebar\S*|\S*[-_]sidebar\S*|side[-_]?(?:bar|right|left|box)?|aside\S*|widget\S*|rightbar|"
        r"right-?side\w*|col-?right|sider"),
    ("advertisement", r"ad|ads|adv|advert\S*|ad[-_]\S+|ads[-_]\S+|\S+[-_]ads?|adbox\S*|adsbygoogle|guanggao|"
        r"banner\S*|sponsor\S*|promo\S*|popup\S*|modal\S*|lightbox|gpt-ad\S*"),
    ("tools", r"search\S*|\S*[-_]search|login\S*|\S*[-_]login|toolbar\S*|tools|print\S*|font-?size\S*|fontsize|zihao|"
        r"subscribe\S*|newsletter\S*|cookie\S*|gdpr\S*|tags?|tag[-_]?(?:list|s|box|cloud)|keywords?|app-?download\S*|"
        r"download-?app|statement|rating\S*|vote\S*|feedback|report-?error|back-?to-?top|gotop|totop"),
    ("references", r"reflist|references|reference|mw-references-wrap|navbox\S*|metadata|ambox|noprint|hatnote|"
        r"authority-control|sistersitebox|mw-indicators|sitesub|contentsub"),
)  # fmt: skip
"""What an element is, by a whole word of its id or class."""
BY_NAME = tuple((what, re.compile(rf"(?:^| )(?:{words})(?: |$)")) for what, words in NAMES)
BY_TAG = {"nav": "navigation", "footer": "footer", "aside": "side bar", "menu": "navigation", "dialog": "tools",
          "select": "tools", "button": "tools", "textarea": "tools", "datalist": "tools", "noscript": "not shown",
          "noframes": "not shown", "iframe": "not shown", "noembed": "not shown", "template": "not shown",
          "title": "not shown", "object": "not shown", "video": "not shown", "audio": "not shown", "svg": "not shown",
          "canvas": "not shown", "map": "navigation", "option": "tools"}  # fmt: skip
BY_ROLE = {"navigation": "navigation", "banner": "navigation", "contentinfo": "footer", "search": "tools",
           "complementary": "side bar", "menu": "navigation", "menubar": "navigation", "dialog": "tools",
           "alertdialog": "tools"}  # fmt: skip
POST = re.compile(
    r"(?:^| )(?:postmessage_\d+|t_f|d_post_content|post_content_\d+|bbs-content|reply-?content|"
    r"postmsg)(?: |$)"
)
"""The text of one post of a forum: the first is the article, the rest replies."""
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
ASIDE = re.compile(r"(?:^| )(?:mw-editsection|reference|noprint inline-template)(?: |$)")
"""Within a line: the number of a note, the link to edit a part."""
LINKS_ARE_TEXT = re.compile(
    r"(?:^| )(?:mw-parser-output|mw-content-text|mw-body|mw-body-content|markdown-body)(?: |"
    r"$)"
)
"""Works of reference, in which a list of links is as good a text as any."""
DATA_TABLE = re.compile(r"(?:^| )(?:wikitable|infobox\S*|datatable|data-table|table-bordered|msonormaltable)(?: |$)")

# --- lines -----------------------------------------------------------------------------------------------------------
# One alternative a word; blanks in what is looked for are written \s.


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_LEAD = r"^[（(【\[〔<《〈■▲△◆●★☆※→>|\s]*"
_END = r"[】\]〕)）》>\s:：]*$"
_OFFICES = _any(r"""
    责任?编辑? 責任?編輯? 责\s?编 責\s?編 编\s?辑 編\s?輯 执编 网编 網編 编审 审核 審核 校对 校對 审签 监制 監製
    值班编委 值班主任 实习编辑 主编 主編 总编 編審 核稿員? 终审 初审 复审 供稿 排版 编校 责校
""")
EDITORS = _pattern(
    _LEAD + rf"(?:本[文期][^，。]{{0,4}})?{_OFFICES}\s{{0,4}}[^：:，。\s]{{0,6}}\s*[：:/／丨|]"
    r"|" + _LEAD + r"(?:责编|責編|编辑|編輯|责任编辑|責任編輯)\s+\S{2,4}\s*(?:$|[)）】\]]|校|责|審)"
    r"|(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對)\s?[：:/／]\s?\S{2,8}[)）】\]]?$"
    r"|" + _LEAD + r"(?:原标题|原標題|原题|原題|本文原标题|原文标题)(?:为|為)?\s*[：:《“]"
    r"|^[（(【\[](?:完|全文完|编辑[^）)】\]]{0,20}|編輯[^）)】\]]{0,20}|责编[^）)】\]]{0,20})[】\])）]$"
)
"""A note of the site's editors: who they are, what the title was elsewhere."""
_MORE = _any(r"""
    相关 相關 更多相关 更多相關 推荐 推薦 延伸 扩展 擴展 热门 熱門 精彩 往期 最新 猜你 为您 為您 为你 為你 您可能
    你可能 编辑 編輯 大家 其他 其它 更多 近期 本周 今日 一周 24小时 48小时 图片 频道 特别
""")
_THINGS = _any(r"""
    阅读 閱讀 新闻 新聞 文章 推荐 推薦 链接 連結 鏈接 报道 報導 报导 回顾 回顧 喜欢 喜歡 热点 熱點 热文 熱門 热门 专题
    專題 資訊 资讯 稿件 内容 內容 在看 也在看 感兴趣 感興趣 排行 排行榜 点击 看点 看點 精选 精選
""")
_ALONE = _any(r"""
    大家都在看 大家還看了 看更多 你还可能喜欢 猜你喜欢 猜您喜欢 也許您會感興趣 更多 参考资料 外部链接 外部連結
    外部鏈接 注释 註釋 注釋 參考資料 參考文獻 参考文献 Related(?:articles|stories|content|posts|topics|news)
    More(?:stories|news|onthisstory|from.{1,30}) Recommended Youmayalsolike Most(?:read|popular|viewed) Seealso
    References Externallinks Topstories Aroundtheweb
""")
CUT = _pattern(
    _LEAD + rf"{_MORE}?(?:相关|相關)?{_THINGS}(?:的?(?:内容|內容|文章|新闻|新聞|推荐|推薦)|排行榜?)?" + _END
    + r"|^.{0,12}(?:著作权|著作權|免责|免責|版权|版權|传输内容|郑重)声明$"
    + r"|" + _LEAD + _ALONE + _END
)  # fmt: skip
"""A heading behind which the text is over: related links. It is looked for when blanks and points are taken out."""
COMMENTS = _pattern(
    _LEAD + r"(?:(?:网友|最新|热门|熱門|全部|精彩|用户|读者|讀者|文章)?(?:评论|評論|留言|回应|回應|跟帖|跟贴|"
        r"热评)(?:区|列表)?"
    r"|.{0,40}已有\d+[件条則则]?(?:评论|回应|留言)|(?:全部|最新)?回复(?:线索|列表)?|发表(?:评论|回复|留言)|"
    r"發表(?:評論|回應|留言|意見)|我要(?:评论|留言|跟帖|跟贴)|我来说两句|我來說兩句|文明上网|"
    r"讨论区|Comments?"
    r"|Leavea(?:reply|comment)|PostComment)(?:[(（]?\d*[条條則)）]?)?" + _END
    + r"|^\d+(?:条|則|個)?(?:评论|評論|留言|跟帖|comments?|responses?)" + _END
)  # fmt: skip
"""A heading behind which readers comment, likewise."""
TAIL = _pattern(
    _LEAD
    + _any(r"""
    上一?[篇页頁条] 下一?[篇页頁条] 分享(?:到|至|给|按钮|让) 转发到 打印(?:本[页文]|此页|$) 关闭(?:窗口|本页|此页|$)
    返回(?:顶部|首页|列表|频道) 回到?(?:顶部|頂端) 扫[一描] 扫码 長按 长按 微信扫 关注(?:公众号|我们|微信) 举报 舉報
    投诉 收藏 点赞 點讚 赞$ 踩$ 评论$ 标签[：:] 標籤[：:]? 关键[词字]\s?[：:] 關鍵字 (?:文章)?tags?\s?[：:]
    本文(?:来源|作者|链接|地址|网址|转自|转载|标签|关键|通告|发表于) 文章(?:来源|关键|标签) 原文(?:链接|地址|網址)
    (?:信息|稿件|资料|内容|图片|新闻|資料|新聞)?(?:来源|來源)\s*[：:] 相关[^。]{0,8}请?关注 加入好友 下載(?:APP|App)
    下载(?:APP|App|客户端) (?:点击|點擊|戳)[^。]{0,14}(?:下载|下載|查看|进入|阅读|閱讀|关注|加入|更多)
    更多[^。，]{0,30}(?:请|請|尽在|关注|點|点|内容|新聞|新闻) 欢迎(?:关注|扫|订阅) 歡迎(?:關注|訂閱|加入) 訂閱 订阅
    纠错 我要纠错 爆料 新闻热线 联系(?:我们|电话|邮箱) 发表于 發表於 发布于
    (?:阅读|浏览|点击|評論|评论)(?:量|数|次数)?\s*[:：(（]?\s*\d* 已?有\d+人 \d+人?(?:参与|评论|赞|跟贴|阅读) 不用抽
    請繼續往下閱讀 请继续往下阅读 trackback 引用(?:地址|通告|网址|\() 第\d+页/共 show\scomments sign\sup subscribe
    follow\sus share\s(?:this|on) email\sthis print\sthis advertisement$ read\smore click\shere filed\sunder
    posted\s(?:on|by|at|in) tags?: published\s(?:on|by|at)?\s?\d
""")
)
"""A line of the page's own round a text: at its end, or between a title and it."""
LEGAL = _pattern(
    _LEAD
    + _any(r"""
    版权(?:声明|所有|说明|归) 版權(?:聲明|所有) 著作權 免责声明 免責聲明 免责条款 特别(?:声明|提示|提醒) 郑重声明
    声明[：:] 聲明[：:] 注[：:]本[网站] 凡(?:本网|注明|本站|来源)
    本(?:网站?|站|文|新聞|新闻)[^。]{0,80}(?:版权|版權|侵权|侵權|立场|立場|投稿|授权|授權|专用稿|自媒体|平台)
    (?:本文|文章)(?:来自|來自|转自|轉自|由|系)[^。]{0,60}(?:下载|下載|原创|轉載|转载|APP)
    以上(?:内容|文章)[^。]{0,60}(?:立场|观点|转载|网友) 未经[^。]{0,20}(?:授权|许可|同意)
    未經[^。]{0,20}(?:授權|許可|同意) (?:如需)?转载(?:请|须|声明|自|申请) 轉載(?:請|自) Copyright © \(c\)\s?\d{4}
    All\srights\sreserved [^，。]{0,20}ICP[备備證证] 京公网安备 如(?:有|您|果您|若)[^。]{0,30}(?:侵权|侵犯|版权|版權)
    原创版权 [^，。]{0,24}(?:违法和不良信息|违法不良信息|许可证(?:编号|号)?[：:]|All\srights\sreserved)
    .{0,12}(?:著作权|著作權|免责|免責|版权|版權|传输内容)声明$
""")
    + r"|未[经經](?:授权|授權|许可|許可)，?(?:不得|禁止|请勿)"
)
"""Terms of the site, however long."""
BYLINE = _pattern(
    _any(r"""
    来源 來源 作者 记者 記者 编辑 編輯 发布 發布 发表 發表 时间 時間 日期 更新 浏览 瀏覽 点击 點擊 阅读 閱讀 人气 人氣
    评论 評論 字号 字號 字体 字體 打印 列印 分享 收藏 转载 轉載 责编 出处 出處 跟帖 跟贴 关注 稿源 访问 次数 微信 微博
    大\s*中\s*小 \bby\b published posted updated comments? share print \d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}
    \d{1,2}:\d\d \b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2}
""")
)
"""What stands in the lines between a title and its text."""
BYLINE_ALONE = _pattern(
    r"^[〔【（(]?(?:本[報报刊台]|[\u4e00-\u9fff]{2,6}中心|[\u4e00-\u9fff]{2,5}[报報社网網])?\s?(?:特派|特约|實習|"
    r"实习|見習|见习)?"
    r"(?:记者|記者|編輯|通讯员|文)?\s?[\u4e00-\u9fff、 ]{0,12}[／/][\u4e00-\u9fff]{2,8}(?:报道|報導|報道|电|"
    r"電)[〕】）)]?$"
)
"""A line that is nothing but who reports from where: 記者林悅／南市報導, 社會中心／綜合報導."""
BUTTON = _pattern(
    "^"
    + _any(r"""
    分享(?:到)?[：:]? facebook twitter line whatsapp telegram email 微博 微信 QQ空间 新浪微博 打印 列印 收藏 留言 点赞
    讚 赞 推 荐 评论 評論 举报 复制链接 複製連結 展开全文 展開全文 阅读全文 閱讀全文 点击(?:看大图|查看大图|放大)
    點擊放大圖片 \[?(?:编辑|編輯|打印)\]? advertisement 广告 廣告 AD × ✕ read\smore share(?:\sthis(?:\sstory)?)? tweet
    print save copy\slink loading\.* (?:正在)?(?:加载|载入)中?\.* 更多精彩 下一页 上一页 上一頁 下一頁 下一篇 上一篇
    \+?\s?关注 转播到腾讯微博 自动播放开关自动播放
""")
    + "$"
)
"""A line that is a button of the page, wherever it stands."""
PLACE = _pattern(
    r"(?:当前|當前|所在|您的|你的|现在)(?:的)?(?:位置|路径)|^首\s*[页頁]\s*[>»›/|\-－→＞]|[>»›＞].{1,20}[>»›＞]|"
    r"^您?(?:现)?在?位置"
)
"""A line that says where on the site the page is."""
NEUTRAL = re.compile(r"^[\W\d_]*$")
"""A line without a word."""
SYMBOLS = re.compile(r"^[\W_]+$")
