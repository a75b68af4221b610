#!/bin/sh
# Makes the four font files, and papers/fonts/annual-drawn.ttf, from Source Serif 4 (SIL Open Font License 1.1, see OFL.txt).
# Needs, in the folder it is run in: npm install @fontsource-variable/source-serif-4@5.3.1; pip install fonttools brotli
# Name records that carry the family's name are left out; the files are used as "Annual".
set -eu
from=node_modules/@fontsource-variable/source-serif-4/files/source-serif-4

make_font() {  # source, target, axes, characters
    fonttools varLib.instancer "$from-$1.woff2" $3 -o instance.ttf
    pyftsubset instance.ttf --unicodes="$4" --flavor=woff2 --no-hinting --desubroutinize \
        --layout-features=kern,liga,lnum,pnum,tnum --name-IDs=0,13,14 --output-file="$2.woff2"
    rm instance.ttf
}

make_drawn() {  # target: every letter there is in one plain file, for pictures drawn with Pillow
    for alphabet in latin latin-ext greek cyrillic; do
        fonttools varLib.instancer "$from-$alphabet-opsz-normal.woff2" opsz=36 wght=400 -o "part-$alphabet.ttf"
    done
    fonttools merge part-*.ttf --output-file=merged.ttf
    pyftsubset merged.ttf --unicodes="*" --no-hinting --desubroutinize \
        --layout-features=kern,liga,lnum,pnum --name-IDs=0,13,14 --output-file="$1.ttf"
    rm part-*.ttf merged.ttf
}

latin=U+0020-007E,U+00A0,U+00A7,U+00A9,U+00B0,U+00B1,U+00B7,U+00D7,U+00C9,U+00D6,U+00DC
latin=$latin,U+00E0-00E2,U+00E4,U+00E5,U+00E7-00EB,U+00ED-00EF,U+00F1,U+00F3,U+00F4,U+00F6
latin=$latin,U+00F8,U+00FA,U+00FC,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2022,U+2026
latin=$latin,U+2190,U+2192,U+2212
names=U+0103,U+0105,U+0107,U+010C,U+010D,U+0111,U+0119,U+011B,U+011F,U+0130,U+0131,U+0141
names=$names,U+0142,U+0144,U+0151,U+0159,U+015B,U+015E-0161,U+016F,U+0171,U+017A,U+017C-017E
slant=U+0020-007E,U+00E9,U+00EB,U+00FC,U+00ED,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D

make_font latin-opsz-normal     annual-text     "opsz=18 wght=400:650" "$latin"
make_font latin-ext-opsz-normal annual-text-ext "opsz=18 wght=400:650" "$names"
make_font latin-opsz-italic     annual-italic   "opsz=18 wght=400"     "$slant"
make_font latin-opsz-normal     annual-numerals "opsz=60 wght=380"     "U+0030-0039"
make_drawn annual-drawn
