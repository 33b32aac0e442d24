"""What stands around the text of a page, told by its words and by the names of its elements.

All of it is asked of blocks only that an extractor took for text, or that lie between such.
"""

from __future__ import annotations

import re
from functools import cache

_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_NO_NAME = re.compile("[^a-z0-9]+")
_LONGEST_NAMES = 500  # characters of a class and an id
JUNK_TAGS = frozenset({"nav", "footer", "button", "form"})
_JUNK = (
    r"newsletters?|breadcrumbs?|related|recommend\w*|read-?more|also-?read|more-about|disclosure"
    r"|disclaimer|cta|author-?(?:box|bio|info|card|desc|description)|saboxplugin|copyright"
    r"|comments?|commentlist|comment-item|kommentare?|share|sharing|social|cookies?|consent"
    r"|borlabscookie|sponsor\w*|adverti[sz]\w*|promos?|subscribe|subscription|signup|next-?story"
    r"|next-?post|rec-?posts?|sidebar|footer|nav|navi|navbar|navigation|menu|pagination|pager"
    r"|login|register|popup|modal|paywall|tag-?list|tags|widget-?area|lightbox|pum|popmake|overlay"
    r"|right(?:bx|wrap|rail|col|column|box)|link-?(?:box\w*|list\w*)|press-?officer|help-wrap"
    r"|rss\w*|affiliate\w*|textwidget|more-?(?:news|stories|articles)|most-?(?:read|popular)"
    r"|outbrain|taboola|recirc\w*|upsell|banner|donat\w*|spenden\w*|page-context|seo|mitglied\w*"
    r"|member\w*|box-description|disqus\w*|respond|post-?navigation|print-?only|ez-toc-title"
    r"|mw-jump-link|catlinks|navbox|printfooter|siteSub|vector-\w+"
)
_INTRODUCING = (
    r"teaser\w*|intro\w*|lead\w*|chapo|chapeau|excerpt|summary|deck|dek|standfirst|preface|abstract"
    r"|subtitle|subtitulo|sub-?headline|description|short-?info|hook|bajada|sumario|entradilla"
    r"|vorspann|anreisser|hero\w*"
)
_LEADS = (
    r"(?:read|see|watch) (?:more|also|next)|more (?:from|about) [^.]{1,40}|(?:more|related) "
    r"(?:stories|news|articles|posts|content|topics|links)|you (?:may"
    r"|might) (?:also )?(?:like|enjoy)"
    r"|recommended (?:for you|reading|articles)|(?:lesen|sehen|lies) sie (?:hier|auch|dazu|mehr)"
    r"|lest auch|lies auch|auch lesen|auch interessant|auch auf|mehr (?:zum|zu|artikel|themen)"
    r"|weitere(?:r|s)? (?:\w+ )?(?:artikel|beitr(?:a|ä)ge|informationen|infos|themen|meldungen|news"
    r"|nachrichten|links)|zum weiterlesen|das (?:thema )?(?:k(?:o|ö)nnte|kann) (?:sie|dich|euch)"
    r"|empfohlene (?:artikel|beitr(?:a|ä)ge)|ähnliche (?:artikel|beiträge|themen)|schon gelesen"
    r"|(?:a|à) lire (?:aussi|également)|lire (?:aussi|également)|voir aussi"
    r"|sur le même (?:sujet|thème)"
    r"|(?:le|te) puede interesar|(?:lea|lee|mire|mira|vea|puedes ver) también|notas? relacionadas?"
    r"|(?:noticias|contenido) relacionad[ao]s?|leia (?:também|mais)|veja (?:também|mais)|saiba mais"
    r"|czytaj (?:też|także|więcej)|zobacz (?:też|także)|przeczytaj (?:też|także)|leggi anche"
    r"|(?:читайте|смотрите) (?:также|ещё|еще)|см\. также|(?:материалы |ещё |еще )?по теме"
    r"|(?:die )?meist(?:gelesen|diskutiert|kommentiert)e?\w*|most (?:read|popular|viewed|commented)"
    r"|verwandte (?:themen|artikel)|noch mehr (?:infos|themen|artikel|zu)|alle artikel zu"
    r"|kommentierte "
    r"artikel|top-themen|(?:lo )?más (?:leído|visto)|les plus lus|самое читаемое|популярное"
    r"|相关(?:阅读|新闻|链接|报道|文章)|延伸阅读|推荐阅读|更多(?:新闻|内容|精彩)"
)
_WEAK_LEADS = (
    r"read|see|watch|listen|more|related|lea(?: más)?|lee|mire|mira|vea|puedes ver|también"
    r"|leia|veja|czytaj|zobacz|przeczytaj|polecamy|leggi|vorschau|passend\w*|à lire"
    r"|читайте|смотрите|更多|temas"
)
_CALLS = (
    r"(?:our|unser\w*|den|zum|the|free|daily|weekly|notre|nuestro|нашу?) newsletter"
    r"|newsletter (?:an|ab"
    r"|sign)|subscribe (?:now|today|to (?:our|the|get))|already a subscriber"
    r"|sign(?:ing)? up (?:to|for|now"
    r"|here)|(?:please |to )log ?in\b|jetzt (?:anmelden|abonnieren|registrieren|kaufen|am kiosk)"
    r"|eingeloggt|suscríb(?:e|a)|abonnez-vous|inscrivez-vous|iscriviti|do subskrypcji"
    r"|подпис(?:ывайтесь|аться на)|关注我们|扫(?:一扫|描二维码)|微信公众号"
    r"|follow (?:us|\w+ \w+ on|\w+ on)"
    r"|folge[nt]? sie uns|folgt uns|síguenos|(?:canal|channel|kanal|канал\w*) (?:de|on|bei|auf|в) "
    r"(?:telegram|whatsapp|youtube)|all rights reserved|alle rechte vorbehalten|todos los derechos"
    r"|все права защищены|版权所有|未经授权|affiliate[- ]links?|copyrighted property|ohne gewähr"
    r"|creative commons|\bcc[- ]by|unterstütz\w* (?:uns|unsere)|diesem button|gefällt (?:dir"
    r"|ihnen|euch)"
    r"|categor(?:y|ies) ?:|filed under|posted (?:in|by)\b|tagged\b|(?:veröffentlicht"
    r"|aktualisiert) (?:in"
    r"|am|von)|last updated|view comments|(?:leave|post|write) a (?:comment|reply)|kommentare? "
    r"(?:schreiben|abgeben|hinterlassen|verfassen)|einen kommentar|kommentare? insgesamt"
    r"|(?:download|get) (?:the|our) [^.]{0,30}app\b|traumjobs|stellenangebot|inhaltsverzeichnis"
    r"|mehr erfahren|erfahren sie mehr|dowiedz się|autor(?:in)? (?:dieses|des)|about the author"
    r"|externer inhalt|letzte änderung|last modified|release date|ansprechpartner|pressekontakt"
    r"|press(?:esprecher| contact)|media contact|\bmin(?:ute)?s? read\b|lesezeit|przeczytasz w"
    r"|beiträge aus dem forum|video verfügbar|mitglied bei|über diese reihe|kennt ihr schon"
    r"|(?:pour|um) (?:accéder|weiterzulesen)|to (?:continue|keep) reading"
    r"|datei ist nicht barrierefrei"
    r"|über (?:den autor|die autorin)|letters? to the editor|hazte miembro|(?:work|support"
    r"|consider "
    r"supporting) (?:us|our)|责任编辑|责编|分享到|打印本页|поделиться|редактор:"
)
_SOFT_CALLS = (
    r"newsletter|subscri(?:be|ber|ption)s?|instagram|facebook|twitter|youtube|whatsapp|cookies?"
    r"|affiliate|anzeige|werbung|advertisement|sponsored|abonnieren|registrieren|anmelden"
    r"|prenumerata"
    r"|apps?|podcast|©"
)
_CREDIT = re.compile(
    r"\W*(?:(?:fotos?|photos?|fot|bild(?:er|quelle|nachweis)?|quelle|titelbild|beitragsbild"
    r"|credits?|crédits? "
    r"photos?|image|copyright|imago|getty|kuva|фото|图片?)\b[.\s]*[:/(©]|©|\(c\))",
    re.IGNORECASE,
)
_CREDITED = re.compile(
    r"©|\b(?:fotos?|photos?|bild|quelle|kuva|credits?|reuters|afp|ap|getty|dpa|epa|efe|imago|tass"
    r"|xinhua|picture[- ]alliance|фото|тасс)\b|摄|图片来源",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\W*\w{0,14}[\s,.]{0,3}(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{4}-\d\d-\d\d"
    r"|\d{1,2}\.?\s+(?:de )?\w{3,10}\.?\s+(?:de )?\d{4}|\w{3,10}\s+\d{1,2},?\s+\d{4}"
    r"|\d{4}年\d{1,2}月\d{1,2}日)[\s,|–-]{0,4}"
    r"(?:\d{1,2}[:.]\d\d)?(?:\s*(?:uhr|am|pm|h))?\W*"
)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def names_of(classes: str | None, identity: str | None) -> str:
    """The names in a class and an id, in lower case with `-` between their words."""
    said = f"{classes or ''} {identity or ''}"[:_LONGEST_NAMES]
    return _NO_NAME.sub("-", _CAMEL.sub("-", said).lower()).strip("-")


def is_junk(names: str) -> bool:
    """Whether an element with these names stands beside the text."""
    return _pattern(f"(?:^|-)(?:{_JUNK})(?:-|$)").search(names) is not None


def introduces(names: str) -> bool:
    """Whether an element with these names has what stands between the title and the text."""
    return _pattern(f"(?:^|-)(?:{_INTRODUCING})(?:-|$)").search(names) is not None


def leads_away(text: str, linked: float, heading: bool) -> bool:
    """Whether a block names other pages; `linked` is which share of it are links."""
    if _pattern(rf"[\W\d]{{0,9}}(?:{_LEADS})(?:\W|\w{{0,12}}\W|$)").match(text):
        return heading or linked > 0.4 or len(text) < 60
    weak = _pattern(rf"[\W\d]{{0,9}}(?:{_WEAK_LEADS})\b\W*").match(text)
    return weak is not None and (linked > 0.4 or (len(text) < 150 and ":" in weak.group()))


def calls(text: str, linked: float) -> bool:
    """Whether a block asks its reader to do something: to subscribe, to follow, to log in."""
    if len(text) > 320:
        return False
    if _pattern(_CALLS).search(text):
        return True
    soft = len(set(_pattern(rf"\b(?:{_SOFT_CALLS})\b").findall(text)))
    return soft > 1 or (soft == 1 and (linked > 0 or len(text) < 60 or "!" in text or "?" in text))


def is_credit(text: str) -> bool:
    """Whether a block says no more than who made a picture."""
    return len(text) < 120 and _CREDIT.match(text) is not None


def is_press_photo(text: str) -> bool:
    """Whether a caption names an agency or who made the picture, as newspapers have it."""
    return _CREDITED.search(text) is not None


def is_date(text: str) -> bool:
    """Whether a block is a date alone."""
    return len(text) < 60 and _DATE.fullmatch(text.lower()) is not None
