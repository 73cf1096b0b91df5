#!/usr/bin/env python3
"""Build the embedded fonts: subset, convert to TrueType outlines, rename, gzip.

usage: subset.py            write the two .ttf.gz files beside this script
       subset.py --check    build, write nothing, fail unless the fonts are equal

Needs the Debian package fonts-noto-cjk 1:20220127+repack1-1 and, from PyPI,
fonttools==4.68.0. Both are checked, because another version may give other
bytes, and a reader must be able to get the committed fonts again.
"""

import gzip
import hashlib
import io
import os
import sys

import fontTools
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

FONTTOOLS = "4.68.0"
FAMILY = "Zhibiao Sans SC"
POSTSCRIPT = "ZhibiaoSansSC"
SOURCES = "/usr/share/fonts/opentype/noto"
FACE = 2  # Simplified Chinese within the collection

# style: (source file, its SHA-256)
STYLES = {
    "Regular": (
        "NotoSansCJK-Regular.ttc",
        "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
    ),
    "Bold": (
        "NotoSansCJK-Bold.ttc",
        "faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb",
    ),
}

# Besides the Chinese characters. The source font lacks some of these; the
# package comment in cjk.go and the test say which.
RANGES = """
    0020-007E 00A0-017F
    2010-2027 2030-203A 2044 20AC 3000-301F
    2070-209F 2153-217F
    2103 2109 2116 2122 2126 212B
    2190-2199
    2200 2202 2206 2208 220F 2211-2213 2215 221A 221D 221E 2227-222B 2248
    2260 2261 2264 2265 2295
    2460-2473 3220-3229
    25A0 25A1 25B2 25B3 25B6 25B7 25BC 25BD 25C0 25C6 25C7 25CB 25CE 25CF
    2605 2606 2713 2714 2717
    338E 338F 339C 339D 339E 33A1 33A5 33C4
    FF01-FF5E FFE0-FFE6
"""

# Largest distance between a cubic outline and its quadratic replacement, in
# font units of 1/1000 em: a fifth of a pixel at 100 px.
MAX_ERR = 2.0

HERE = os.path.dirname(os.path.abspath(__file__))


def gb2312():
    """All 7445 code points of GB 2312-80: 682 symbols and 6763 characters."""
    found = set()
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([lead, trail]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    expect(len(found) == 7445, "GB 2312 has 7445 code points, decoded %d" % len(found))
    return found


def tgh():
    """The 8105 characters of 通用规范汉字表."""
    with open(os.path.join(HERE, "tgh8105.txt"), encoding="utf-8") as f:
        text = "".join(line.strip() for line in f if not line.startswith("#"))
    found = {ord(c) for c in text}
    expect(len(found) == len(text) == 8105, "tgh8105.txt must list 8105 characters once each")
    return found


def ranges():
    found = set()
    for item in RANGES.split():
        first, _, last = item.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def build(style):
    """Return the bytes of the TrueType font of that style."""
    name, digest = STYLES[style]
    path = os.path.join(SOURCES, name)
    with open(path, "rb") as f:
        expect(
            hashlib.file_digest(f, "sha256").hexdigest() == digest,
            "%s is not the file of fonts-noto-cjk 1:20220127+repack1-1" % path,
        )
    font = TTFont(path, fontNumber=FACE, lazy=True, recalcTimestamp=False)
    chinese = gb2312() | tgh()
    lacking = sorted(chinese - font.getBestCmap().keys())
    expect(not lacking, "%s lacks %s" % (name, " ".join("U+%04X" % c for c in lacking)))

    subset(font, chinese | ranges())
    to_truetype(font)
    rename(font, style)

    # Reopened, because only then are the tables compiled in their final form.
    first = io.BytesIO()
    font.save(first, reorderTables=False)
    first.seek(0)
    again = TTFont(first, recalcTimestamp=False)
    out = io.BytesIO()
    again.save(out)
    return out.getvalue()


def subset(font, unicodes):
    o = Options()
    o.layout_features = ["kern"]
    o.hinting = False
    o.legacy_kern = False
    o.notdef_outline = True
    o.glyph_names = False
    o.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    o.name_languages = [0x409, 0x804]
    o.drop_tables += (
        "vhea vmtx VORG BASE GSUB STAT DSIG JSTF meta MATH FFTM gasp VDMX LTSH "
        "hdmx EBDT EBLC EBSC PCLT"
    ).split()
    s = Subsetter(o)
    s.populate(unicodes=unicodes)
    s.subset(font)


def to_truetype(font):
    """Replace the cubic CFF outlines by quadratic glyf outlines."""
    order = font.getGlyphOrder()
    shapes = font.getGlyphSet()
    font["loca"] = newTable("loca")
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = {}
    metrics = font["hmtx"].metrics
    for name in order:
        pen = TTGlyphPen(shapes)
        shapes[name].draw(Cu2QuPen(pen, max_err=MAX_ERR, reverse_direction=True))
        glyph = pen.glyph(dropImpliedOnCurves=True)
        glyph.recalcBounds(glyf)
        glyf.glyphs[name] = glyph
        metrics[name] = (metrics[name][0], getattr(glyph, "xMin", 0))
    del font["CFF "]

    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for field in (
        "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs "
        "maxStackElements maxSizeOfInstructions maxComponentElements maxPoints "
        "maxContours maxCompositePoints maxCompositeContours maxComponentDepth"
    ).split():
        setattr(maxp, field, 0)
    post = font["post"]
    post.formatType = 3.0
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\000\001\000\000"


def rename(font, style):
    """Give the modified version a name of its own, as its licence asks."""
    full = FAMILY if style == "Regular" else FAMILY + " " + style
    names = {
        1: FAMILY,
        3: "2.004;NONE;%s-%s" % (POSTSCRIPT, style),
        4: full,
        6: "%s-%s" % (POSTSCRIPT, style),
    }
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    font["OS/2"].achVendID = "NONE"


def expect(ok, message):
    if not ok:
        sys.exit("subset.py: " + message)


def main():
    check = sys.argv[1:] == ["--check"]
    expect(check or not sys.argv[1:], "usage: subset.py [--check]")
    expect(
        fontTools.version == FONTTOOLS,
        "needs fonttools==%s, found %s" % (FONTTOOLS, fontTools.version),
    )
    for style in STYLES:
        ttf = build(style)
        path = os.path.join(HERE, "%s-%s.ttf.gz" % (POSTSCRIPT, style))
        if check:
            # The fonts are compared, not the gzip files: zlib may change.
            with gzip.open(path) as f:
                expect(f.read() == ttf, "%s differs from a new build" % path)
        else:
            temp = path + ".tmp"
            with open(temp, "wb") as f:
                f.write(gzip.compress(ttf, 9, mtime=0))
            os.replace(temp, path)
        print(hashlib.sha256(ttf).hexdigest(), len(ttf), "%s-%s.ttf" % (POSTSCRIPT, style))


if __name__ == "__main__":
    main()
