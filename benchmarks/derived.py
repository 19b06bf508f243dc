"""Derived copies: pairs made from real articles by known changes, so that the right answer needs no reader.

`derived(texts, seed)` takes the bodies of articles that are no copies of one another and yields, for each and every
kind of `KINDS`, a pair of texts with the answer: do they belong to one family? The same texts and seed give the same
pairs on any machine and in any process. What is changed is what happens between outlets: cutting, splicing, rewording,
a new lead order, a dropped credit, typing errors, another title, another order, another house style. The negatives share
what is not copying: one quotation, one footer, one form with other figures. `PARTIAL` names the kinds where a passage
is taken over inside another article: no family, but a copy that must be found.

The words that are put in (synonyms, titles, footers, forms) are our own; the articles are given by the caller.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?])(?=[\"”’']?\s)|(?<=[.!?][\"”’'])(?=\s)|\n+")
QUOTATION = re.compile(r"[\"“]([^\"“”\n]{60,400})[\"”]")
DATELINE = re.compile(r"\A\s*(?:[A-Z][\w.]*(?:[ ,/.][\w.()]+){0,5}\s?[-–—:]{1,2}\s?)")
CREDIT = re.compile(
    r",? (?:seperti |sebagaimana )?(?:dilansir|dikutip|melansir|mengutip)(?: dari)? ?[A-Z][\w.]+(?: [A-Z][\w.]+)?,?"
    r"|\((?:ant|okz|tribun|[a-z]{3}/[a-z]{3})\)\.?",
)

TABLE = """
mengatakan=menyatakan menyatakan=menyebutkan menuturkan=mengatakan menjelaskan=menerangkan menyebut=mengatakan
mengungkapkan=membeberkan menambahkan=melanjutkan menegaskan=menekankan kata=ujar ujar=kata tutur=ucap ucap=tutur jelas=terang
namun=tetapi tetapi=namun sementara=adapun sehingga=hingga karena=sebab sebab=karena agar=supaya supaya=agar untuk=guna
setelah=usai usai=setelah sebelum=menjelang saat=ketika ketika=saat sejumlah=beberapa beberapa=sejumlah seluruh=semua semua=seluruh
sekitar=kira-kira hanya=cuma telah=sudah sudah=telah akan=bakal masih=tetap bisa=dapat dapat=bisa harus=wajib
melakukan=menjalankan memberikan=menyerahkan mendapatkan=memperoleh memperoleh=mendapat menggunakan=memakai menggelar=mengadakan
mengadakan=menggelar membuat=menyusun meminta=memohon menerima=memperoleh menunjukkan=memperlihatkan melihat=menyaksikan mencapai=menyentuh
terjadi=berlangsung berlangsung=terjadi dimulai=diawali kembali=lagi bertemu=berjumpa meninggal=wafat tewas=meninggal ditangkap=diringkus
menangkap=meringkus memeriksa=menanyai diduga=disangka korban=penderita warga=penduduk masyarakat=khalayak serta=dan yakni=yaitu yaitu=yakni
rumah=kediaman uang=dana dana=uang harga=tarif kenaikan=peningkatan penurunan=pelemahan meningkat=naik naik=meningkat turun=merosot
kecil=mungil baru=anyar penting=krusial cepat=lekas segera=lekas bersama=beserta terkait=perihal mengenai=tentang tentang=soal
soal=mengenai kasus=perkara perkara=kasus masalah=persoalan persoalan=masalah kegiatan=acara acara=kegiatan pertemuan=rapat
keputusan=putusan aturan=ketentuan ketentuan=aturan rencana=rancangan upaya=usaha langkah=tindakan hasil=capaian jumlah=banyaknya bagian=porsi
kelompok=golongan kepada=pada tersebut=itu merupakan=adalah adalah=ialah seperti=semisal bahkan=malah sangat=amat tidak=tak
wilayah=daerah daerah=wilayah kawasan=wilayah lokasi=tempat tempat=lokasi dunia=jagat maupun=ataupun hingga=sampai sampai=hingga
"""
SYNONYMS = dict(pair.split("=") for pair in TABLE.split())
"""Word -> another that a desk would put: near in meaning, not always exact, as in real rewriting."""

FILLERS = ("juga", "pun", "turut", "lantas", "kini", "memang", "sendiri")
OPTIONAL = frozenset(
    {"telah", "sudah", "juga", "pun", "tersebut", "itu", "bahwa", "para", "yang", "akan", "lalu", "kini", "turut", "lagi", "pula"}
)
TITLES = ("Ini Penjelasan Lengkapnya", "Begini Duduk Perkaranya", "Fakta di Balik Kabar Hari Ini", "Catatan dari Lapangan Sore Ini")
FOOTER = (
    "Ikuti kabar pilihan kami setiap pagi lewat surat elektronik dan jangan lewatkan laporan khusus akhir pekan. "
    "Pembaca dapat mengirim foto, koreksi, atau cerita warga ke meja redaksi dengan menyertakan nama dan nomor yang bisa dihubungi. "
    "Redaksi berhak menyunting kiriman tanpa mengubah maksudnya, dan setiap kiriman yang dimuat menjadi tanggung jawab pengirimnya."
)
CREDIT_LINE = "Naskah ini disiarkan pertama kali oleh Kantor Berita Nusa Kabar."
FORMS = (
    "Prakiraan cuaca untuk {city} hari ini: pagi {sky}, siang {sky2}, malam berawan. Suhu udara berkisar {a} sampai {b} derajat Celsius "
    "dengan kelembapan {c} persen. Angin bertiup dari arah {wind} dengan kecepatan {d} kilometer per jam. Warga diminta mewaspadai "
    "hujan yang turun tiba-tiba pada sore hari dan menjauhi pohon tua bila angin mengencang.",
    "Berikut harga bahan pokok di pasar induk {city} menurut pantauan petugas dinas perdagangan pagi ini. Beras medium Rp{a}.{c}00 per kilogram, "
    "gula pasir Rp{b}.{c}00, minyak goreng curah Rp{d}.500, cabai rawit merah Rp{e}.000, dan telur ayam ras Rp{b}.900. Harga dapat berubah "
    "sewaktu-waktu mengikuti pasokan, dan pembeli dianjurkan membandingkan beberapa lapak sebelum berbelanja.",
    "Gempa bumi dengan magnitudo {m} mengguncang {city} pada pukul {h}.{c} WIB. Pusat gempa berada di laut pada jarak {e} kilometer dengan "
    "kedalaman {d} kilometer. Hasil pemodelan menunjukkan bahwa gempa ini tidak berpotensi tsunami. Hingga laporan ini disusun belum ada "
    "catatan gempa susulan, dan masyarakat diimbau tetap tenang serta tidak terpengaruh oleh kabar yang tidak jelas asalnya.",
)
CITIES = ("Tirtajaya", "Sukamaju", "Karangbaru", "Muara Tenang", "Bukit Lestari", "Rawa Indah")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a body; of one that came as a single block, runs of two sentences."""
    parts = [part.strip() for part in re.split(r"\n+", text) if part.strip()]
    if len(parts) >= 4:
        return parts
    sentences = [part.strip() for part in SENTENCE_END.split(text) if part.strip()]
    return [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]


def _join(parts: Sequence[str]) -> str:
    return "\n\n".join(parts)


def _cut_first(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    """The first 40 % of the words, to the end of that paragraph."""
    parts, kept, words = paragraphs(text), [], 0
    goal = 0.4 * len(text.split())
    for part in parts:
        kept.append(part)
        words += len(part.split())
        if words >= goal:
            break
    return text, _join(kept)


def _cut_random(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    """Half of the paragraphs, in their order."""
    parts = paragraphs(text)
    keep = sorted(rng.sample(range(len(parts)), max(1, (len(parts) + 1) // 2)))
    return text, _join([parts[at] for at in keep])


def _spliced(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    """A passage of one article in the middle of another: a wire paragraph in a report of one's own."""
    passage, host = _passage(text), paragraphs(other)
    middle = len(host) // 2
    return text, _join([*host[:middle], passage, *host[middle:]])


def _passage(text: str) -> str:
    """The paragraph with most prose, with those that follow it until 30 words stand outside quotations."""
    parts = paragraphs(text)
    start = max(range(len(parts)), key=lambda at: _prose_words(parts[at]))
    end = start + 1
    while end < len(parts) and _prose_words(" ".join(parts[start:end])) < 30:
        end += 1
    return _join(parts[start:end])


def _prose_words(text: str) -> int:
    return len(QUOTATION.sub(" ", text).split())


def _extended(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    """The whole article, with two or three paragraphs of own reporting before and after."""
    own = paragraphs(other)[:3]
    return text, _join([*own[:1], text, *own[1:]])


def _reword(text: str, share: float, rng: random.Random) -> str:
    """Changes about `share` of the words: by synonyms first, then by leaving out small words, then by putting some in."""
    words = list(WORD.finditer(text))
    goal = round(share * len(words))
    rng.shuffle(words)
    words.sort(key=lambda m: _ease(m.group()))
    changes = {}
    for m in words[:goal]:
        word = m.group()
        new = ("" if word in OPTIONAL else f"{word} {rng.choice(FILLERS)}") if word.lower() not in SYNONYMS else SYNONYMS[word.lower()]
        changes[m.start()] = (m.end(), _cased(new, word))
    return _replaced(text, changes)


def _ease(word: str) -> int:
    """How willingly a word is changed: one with a synonym, one that may go, a verb that takes a small word, any other."""
    if word.lower() in SYNONYMS:
        return 0
    if word in OPTIONAL:
        return 1
    return 2 if re.match(r"(?:me|di|ber|ter)[a-z]{4}", word) else 3


def _cased(word: str, like: str) -> str:
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def _replaced(text: str, changes: dict[int, tuple[int, str]]) -> str:
    """The text with each span (start -> end, new words) replaced; blanks left double are closed."""
    out, last = [], 0
    for start in sorted(changes):
        end, new = changes[start]
        out += [text[last:start], new]
        last = end
    return re.sub(r" {2,}", " ", "".join([*out, text[last:]]))


def _reworded_10(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    return text, _reword(text, 0.10, rng)


def _reworded_20(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    return text, _reword(text, 0.20, rng)


def _recast(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    """Clauses change places: what stood after the first comma comes first, in two sentences of three.

    Where no sentence can be turned, the first two paragraphs change places.
    """
    out = []
    for part in paragraphs(text):
        sentences = [piece.strip() for piece in SENTENCE_END.split(part) if piece.strip()]
        out.append(" ".join(_turned(piece) if rng.random() < 2 / 3 else piece for piece in sentences))
    recast = _join(out)
    return text, recast if WORD.findall(recast) != WORD.findall(text) else _join([*out[1:2], *out[:1], *out[2:]])


def _turned(sentence: str) -> str:
    """`Clause one, clause two.` -> `Clause two, clause one.`; quotations and short clauses stay as they are."""
    body, stop = (sentence[:-1], sentence[-1]) if sentence[-1:] in ".!?" else (sentence, "")
    first, comma, second = body.partition(", ")
    if not comma or '"' in sentence or "“" in sentence or min(len(first), len(second)) < 15:
        return sentence
    return f"{second[:1].upper()}{second[1:]}, {first[:1].lower()}{first[1:]}{stop}"


def _credit_dropped(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    """The dateline and every line that says where it came from are gone."""
    credited = f"{text.rstrip()}\n\n{CREDIT_LINE}"
    return credited, CREDIT.sub("", DATELINE.sub("", text, count=1)).strip()


def _typos(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    """One word in fifteen with a letter dropped, doubled or swapped with the next."""
    changes = {}
    for m in WORD.finditer(text):
        word = m.group()
        if len(word) > 3 and rng.random() < 1 / 15:
            at = rng.randrange(1, len(word) - 1)
            slips = (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2 :])
            changes[m.start()] = (m.end(), rng.choice(slips))
    return text, _replaced(text, changes)


def _title_changed(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    first, second = rng.sample(TITLES, 2)
    return f"{first}\n\n{text}", f"{second}\n\n{text}"


def _shuffled(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    """The same paragraphs in another order."""
    parts = paragraphs(text)
    order = list(range(len(parts)))
    rng.shuffle(order)
    return text, _join([parts[at] for at in order])


def _house_style(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    """Another desk's signs and numbers: `%` and `persen`, `Rp 5` and `Rp5`, straight and curly marks; and a heading within."""
    styled = re.sub(r"(\d) ?%", r"\1 persen", text) if "%" in text else text.replace(" persen", "%")
    styled = re.sub(r"Rp ?(?=\d)", "Rp" if "Rp " in styled else "Rp ", styled)
    styled = styled.replace("“", '"').replace("”", '"') if "“" in styled else re.sub(r'"([^"\n]*)"', r"“\1”", styled)
    parts = paragraphs(re.sub(r"\b(\d{1,2})/(\d{1,2})/(20\d\d)\b", r"\1-\2-\3", styled))
    return text, _join([*parts[:2], rng.choice(TITLES), *parts[2:]])


def _same_quotation(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    """One speaker's words in two articles that are otherwise strangers."""
    found = QUOTATION.search(text)
    said = found.group(1) if found else "Kami sudah menyiapkan seluruh petugas sejak pekan lalu dan tidak akan menunggu laporan berikutnya untuk bergerak"
    line = f'"{said}" katanya.'
    host = paragraphs(other)
    return (text if found else f"{text}\n\n{line}"), _join([*host[:2], line, *host[2:]])


def _same_footer(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    return f"{text}\n\n{FOOTER}", f"{other}\n\n{FOOTER}"


def _same_form(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    """One recurring form filled in on two days."""
    form = rng.choice(FORMS)
    first, second = _filled(form, rng), _filled(form, rng)
    return first, second


def _filled(form: str, rng: random.Random) -> str:
    skies = ("cerah", "cerah berawan", "hujan ringan", "berawan tebal", "hujan lebat")
    return form.format(
        city=rng.choice(CITIES), sky=rng.choice(skies), sky2=rng.choice(skies), wind=rng.choice(("barat daya", "timur", "selatan", "utara")),
        a=rng.randint(11, 24), b=rng.randint(25, 34), c=rng.randint(51, 98), d=rng.randint(5, 49), e=rng.randint(20, 140),
        m=f"{rng.randint(3, 6)},{rng.randint(0, 9)}", h=f"{rng.randint(0, 23):02}",
    )  # fmt: skip


def _strangers(text: str, other: str, rng: random.Random) -> tuple[str, str]:
    return text, other


Make = Callable[[str, str, random.Random], tuple[str, str]]

KINDS: dict[str, tuple[Make, bool]] = {
    "cut-first": (_cut_first, True),
    "cut-random": (_cut_random, True),
    "extended": (_extended, True),
    "reworded-10": (_reworded_10, True),
    "reworded-20": (_reworded_20, True),
    "recast": (_recast, True),
    "credit-dropped": (_credit_dropped, True),
    "typos": (_typos, True),
    "title-changed": (_title_changed, True),
    "shuffled": (_shuffled, True),
    "house-style": (_house_style, True),
    "spliced": (_spliced, False),
    "same-quotation": (_same_quotation, False),
    "same-footer": (_same_footer, False),
    "same-form": (_same_form, False),
    "strangers": (_strangers, False),
}
"""Kind -> how it is made, and whether the two texts belong to one family."""

PARTIAL = frozenset({"spliced"})
"""The kinds whose answer is `partial`: no family, but a passage taken over."""


def _partner(texts: Sequence[str], at: int, rng: random.Random) -> str:
    """Another article that shares hardly a run of six words with this one: copies in the input must not spoil the answers."""
    here = _runs(texts[at])
    others = [n for n in range(len(texts)) if n != at]
    rng.shuffle(others)
    for n in others[:50]:
        if len(here & _runs(texts[n])) < 3:
            return texts[n]
    raise ValueError(
        "derived copies need articles that are strangers to one another, and no partner was found for article "
        f"{at} of {len(texts)}: give more articles, or leave out copies"
    )


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [m.group().lower() for m in WORD.finditer(text)]
    return {tuple(words[at : at + 6]) for at in range(len(words) - 5)}


def derived(article_texts: Sequence[str], seed: int) -> Iterator[tuple[str, str, str, bool]]:
    """Pairs made from the articles, with the right answer.

    Args:
        article_texts: bodies of at least two articles, each of four sentences or more, no two of them copies.
        seed: any whole number; with the same texts it gives the same pairs.

    Yields:
        (text_a, text_b, kind, family): for each article, in the order given, one pair of each kind of `KINDS`. `family`
        is whether both belong to one family of copies; of the kinds in `PARTIAL` a passage is shared besides.

    Raises:
        ValueError: an article has no stranger among the others.
    """
    for at, text in enumerate(article_texts):
        other = _partner(article_texts, at, random.Random(f"{seed}/{at}/partner"))
        for kind, (make, family) in KINDS.items():
            text_a, text_b = make(text, other, random.Random(f"{seed}/{at}/{kind}"))
            yield text_a, text_b, kind, family
