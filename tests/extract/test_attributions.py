"""Who says what: one table row a form, each with its reason, and what must not be found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spoken_article import case, told

from cpu_time import least
from telusur.extract.cues import cue_words
from telusur.lexicon import read_table

Row = tuple[str, list[str], list[tuple[str, str | None, str, tuple[str, ...]]]]

DIRECT: list[Row] = [
    ("cue behind, name", ['"Jalan sudah dibuka," kata [Rini Astuti|PER1].'], [("direct", "kata", "Rini Astuti", ("Jalan sudah dibuka,",))]),
    ("office before the name", ['"Jalan sudah dibuka," ujar Kepala Dinas Perhubungan [Kota Maruna|LOC1] [Rini Astuti|PER1] di lokasi.'], [("direct", "ujar", "Rini Astuti", ("Jalan sudah dibuka,",))]),
    ("name in apposition, with a rank", ['"Jalan sudah dibuka," ujar Kapolres [Maruna|LOC1], AKP [Rini Astuti|PER1], di lokasi.'], [("direct", "ujar", "Rini Astuti", ("Jalan sudah dibuka,",))]),
    ("cue in front, colon", ['[Rini|PER1] berkata: "Jalan sudah dibuka."'], [("direct", "berkata", "Rini", ("Jalan sudah dibuka.",))]),
    ("cue in front, comma", ['[Rini|PER1] mengatakan, "Jalan sudah dibuka sejak pagi."'], [("direct", "mengatakan", "Rini", ("Jalan sudah dibuka sejak pagi.",))]),
    ("broken by its cue", ['"Jalan," kata [Rini|PER1], "sudah dibuka."'], [("direct", "kata", "Rini", ("Jalan,", "sudah dibuka."))]),
    ("`-nya` stays outside the cue", ["[Rini|PER1] mengatakan jalan sudah dibuka.", '"Silakan lewat," ujarnya.'], [("indirect", "mengatakan", "Rini", ("jalan sudah dibuka",)), ("direct", "ujar", "Rini", ("Silakan lewat,",))]),
    ("a pronoun goes to who spoke before, not to who acted since", ['"Kami datang," kata [Rini|PER1].', "[Budi|PER2] membuka pagar dan masuk.", '"Kami pulang," kata dia.'], [("direct", "kata", "Rini", ("Kami datang,",)), ("direct", "kata", "Rini", ("Kami pulang,",))]),
    ("a pronoun is a person before it is a group", ['"Kami datang," kata [Rini|PER1].', "Polisi menyatakan jalan sudah dibuka.", '"Kami pulang," kata dia.'], [("direct", "kata", "Rini", ("Kami datang,",)), ("indirect", "menyatakan", "Polisi", ("jalan sudah dibuka",)), ("direct", "kata", "Rini", ("Kami pulang,",))]),
    ("a pronoun is the one described just before", ['"Kami datang," kata [Rini|PER1].', "Seorang dokter mengatakan darah hanya cukup untuk tiga hari.", '"Kami menghitung kantong," ujarnya.'], [("direct", "kata", "Rini", ("Kami datang,",)), ("indirect", "mengatakan", "Seorang dokter", ("darah hanya cukup untuk tiga hari",)), ("direct", "ujar", "Seorang dokter", ("Kami menghitung kantong,",))]),
    ("whom the quotation names does not speak it", ['"Ia masuk lewat atap," kata [Rini|PER1].', "[Budi|PER2] menelepon, namun tak dijawab.", '"[Budi|PER2] mencoba lagi," kata dia.'], [("direct", "kata", "Rini", ("Ia masuk lewat atap,",)), ("direct", "kata", "Rini", ("Budi mencoba lagi,",))]),
    ("whom the words behind a pronoun name does not speak them", ["[Rini|PER1] menyebut jalan itu rusak.", "[Budi|PER2] diperiksa enam jam.", "Menurutnya, [Budi|PER2] ditanyai soal dana."], [("indirect", "menyebut", "Rini", ("jalan itu rusak",)), ("indirect", "Menurut", "Rini", ("Budi ditanyai soal dana",))]),
    ("a link to another article names nobody of this one", ['"Kami datang," kata [Rini|PER1].', "Baca juga: [Budi|PER2] dan Jalan yang Rusak", "Ia berharap jalan itu dibuka."], [("direct", "kata", "Rini", ("Kami datang,",)), ("indirect", "berharap", "Rini", ("jalan itu dibuka",))]),
    ("a long office, its holder at the end", ['"Ya," kata Direktur Penuntutan pada Badan Muda Bidang Pidana Khusus [Rini|PER1], Senin.'], [("direct", "kata", "Rini", ("Ya,",))]),
    ("a person described at length and pointed back to", ['"Kami datang," kata [Rini|PER1].', "Perempuan berusia 36 tahun itu menyebut jalan itu rusak."], [("direct", "kata", "Rini", ("Kami datang,",)), ("indirect", "menyebut", "Perempuan berusia 36 tahun itu = Rini", ("jalan itu rusak",))]),
    ("what he did before, and pointed back to", ['"Kami datang," kata [Rini|PER1].', "Politikus yang juga pernah menjabat Gubernur [Maruna|LOC1] itu menyebut jalan itu rusak."], [("direct", "kata", "Rini", ("Kami datang,",)), ("indirect", "menyebut", "Politikus yang juga pernah menjabat Gubernur Maruna itu = Rini", ("jalan itu rusak",))]),
    ("a word that points to something else", ['"Kami datang," kata pejabat yang mengetahui masalah tersebut, Senin.'], [("direct", "kata", "pejabat", ("Kami datang,",))]),
    ("what a suspect said is told by the police", ['"Kami periksa," kata [Rini|PER1].', "[BL|PER2] mengaku mencuri motor.", '"Motor itu dijual," katanya.'], [("direct", "kata", "Rini", ("Kami periksa,",)), ("indirect", "mengaku", "BL", ("mencuri motor",)), ("direct", "kata", "Rini", ("Motor itu dijual,",))]),
    ("several without a name before a body with one", ["[Lapangan Raya|ORG1] dikecam sejumlah warga. Mereka menilai jalan itu rusak."], [("indirect", "menilai", "sejumlah warga", ("jalan itu rusak",))]),
    ("a name, described, behind an opener", ["Sementara itu, [Rini|PER1] (28), warga [Maruna|LOC1] berharap jalan itu dibuka."], [("indirect", "berharap", "Rini", ("jalan itu dibuka",))]),
    ("a name, described, before `yang`", ["Salah satunya adalah [Rini|PER1], pendiri kelompok tari, yang menyebut jalan itu rusak."], [("indirect", "menyebut", "Rini", ("jalan itu rusak",))]),
    ("the head of the state is its president", ["Presiden [Rini|PER1] tiba kemarin. Kepala Negara menyebut jalan itu rusak."], [("indirect", "menyebut", "Kepala Negara = Rini", ("jalan itu rusak",))]),
    ("degrees behind a name", ["Sekretaris Dinas, [Rini Astuti|PER1], S.H., [M.|PER2] menyampaikan bahwa jalan itu rusak."], [("indirect", "menyampaikan", "Rini Astuti", ("jalan itu rusak",))]),
    ("data that somebody published", ["Menurut data yang dirilis [Badan Uji|ORG1], jalan itu rusak."], [("indirect", "Menurut", "Badan Uji", ("jalan itu rusak",))]),
    ("information that nobody is named for", ["Berdasarkan informasi yang dihimpun, [Budi|PER1] sudah pulang."], [("indirect", "Berdasarkan", "informasi", ("Budi sudah pulang",))]),
    ("a link in the middle of a paragraph speaks not", ['"Kami datang," kata [Rini|PER1]. Baca juga: [Partai Fajar|ORG1] Tegaskan Dukungan di Rapat Dia mengatakan jalan itu rusak.'], [("direct", "kata", "Rini", ("Kami datang,",)), ("indirect", "mengatakan", "Rini", ("jalan itu rusak",))]),
    ("quoting an outlet, without a subject", ["Mengutip data [Bursa Raya|ORG1], indeks dibuka turun 40 poin."], [("indirect", "Mengutip", "Bursa Raya", ("indeks dibuka turun 40 poin",))]),
    ("somebody is reported to the police", ["[Rini|PER1] melaporkan [Budi|PER2] ke polisi."], []),
    ("something is reported", ["[Rini|PER1] melaporkan jalan itu sudah rusak."], [("indirect", "melaporkan", "Rini", ("jalan itu sudah rusak",))]),
    ("a state is recognised", ["[Norlandia|ORG1] mengakui [Vestara|LOC1]."], []),
    ("something is admitted", ["[Rini|PER1] mengakui jalan itu belum dibuka."], [("indirect", "mengakui", "Rini", ("jalan itu belum dibuka",))]),
    ("what is pointed at stands elsewhere", ["[Rini|PER1] menyampaikan hal itu dalam rapat."], []),
    ("a clause that begins with what is pointed at", ["[Rini|PER1] menyampaikan hal itu akan merusak jalan."], [("indirect", "menyampaikan", "Rini", ("hal itu akan merusak jalan",))]),
    ("the same opinion, told elsewhere", ["Pendapat serupa juga disampaikan [Budi|PER1] di kantornya."], []),
    ("an aim in words", ["[Rini|PER1] menargetkan pabrik itu rampung tahun depan."], [("indirect", "menargetkan", "Rini", ("pabrik itu rampung tahun depan",))]),
    ("an aim of weapons", ["Ratusan drone menargetkan fasilitas sipil itu."], []),
    ("a passive at the beginning, with its doer", ["Dikatakan [Rini|PER1], jalan itu sudah rusak."], [("indirect", "Dikatakan", "Rini", ("jalan itu sudah rusak",))]),
    ("a passive at the beginning, without one", ['"Kami datang," kata [Rini|PER1]. Disebutkan pula bahwa jalan itu rusak.'], [("direct", "kata", "Rini", ("Kami datang,",)), ("indirect", "Disebutkan", "Rini", ("jalan itu rusak",))]),
    ("a passive whose subject follows", ['"Kami datang," kata [Rini|PER1]. Disebutkan korban yang kaget itu lari.'], [("direct", "kata", "Rini", ("Kami datang,",))]),
    ("an age behind the name, at the end of a description", ["Seorang mahasiswi dari [Universitas Maruna|ORG1] (Unma) [Rini|PER1] (20), mengaku takut pulang."], [("indirect", "mengaku", "Rini", ("takut pulang",))]),
    ("another name of the same person", ["[Rini Astuti|PER1] (40) alias [Tatik|PER2], mengatakan jalan itu rusak."], [("indirect", "mengatakan", "Rini Astuti", ("jalan itu rusak",))]),
    ("a report pointed back to", ["Menurut laporan itu, warga dituding merusak jalan."], [("indirect", "Menurut", "laporan itu", ("warga dituding merusak jalan",))]),
    ("an office of some years, pointed back to", ['"Kami datang," kata [Rini|PER1].', "Mantan menteri periode 2019-2024 itu mengatakan jalan itu rusak."], [("direct", "kata", "Rini", ("Kami datang,",)), ("indirect", "mengatakan", "Mantan menteri periode 2019-2024 itu = Rini", ("jalan itu rusak",))]),
    ("what kind of words they were", ["[Rini|PER1] menyampaikan pidato di lapangan."], []),
    ("unless nobody else is there", ['[Budi|PER2] pulang. "[Budi|PER2] sudah besar," katanya.'], [("direct", "kata", "Budi", ("Budi sudah besar,",))]),
    ("a group goes on where no person spoke", ["Polisi menyatakan jalan sudah dibuka.", '"Kami pulang," katanya.'], [("indirect", "menyatakan", "Polisi", ("jalan sudah dibuka",)), ("direct", "kata", "Polisi", ("Kami pulang,",))]),
    ("a description that points back", ['"Kami datang," kata [Rini|PER1].', '"Kami pulang," ucap politikus itu.'], [("direct", "kata", "Rini", ("Kami datang,",)), ("direct", "ucap", "politikus itu = Rini", ("Kami pulang,",))]),
    ("nobody is named", ['"Airnya naik cepat," kata seorang saksi mata.'], [("direct", "kata", "seorang saksi mata", ("Airnya naik cepat,",))]),
    ("`demikian` and a noun", ['"Kami mengutuk serangan itu," demikian pernyataan [Partai Fajar|ORG1].'], [("direct", "pernyataan", "Partai Fajar", ("Kami mengutuk serangan itu,",))]),
    ("a paragraph without a cue goes on", ['"Kami datang," kata [Rini|PER1].', '"Kami juga sudah memberi tahu semua warga di sini sejak kemarin."'], [("direct", "kata", "Rini", ("Kami datang,",)), ("direct", None, "Rini", ("Kami juga sudah memberi tahu semua warga di sini sejak kemarin.",))]),
    ("a speech over two paragraphs", ['"Kami sudah datang ke sini dan bertemu semua warga.', '"Sekarang kami pulang," kata [Rini|PER1].'], [("direct", "kata", "Rini", ("Kami sudah datang ke sini dan bertemu semua warga.", "Sekarang kami pulang,"))]),
    ("the site lost the space", ['"Jalan sudah dibuka,"tutur [Rini|PER1].'], [("direct", "tutur", "Rini", ("Jalan sudah dibuka,",))]),
    ("a closing mark was forgotten", ['"Jalan sudah dibuka sejak pagi, kata [Rini|PER1].'], [("direct", "kata", "Rini", ("Jalan sudah dibuka sejak pagi",))]),
]  # fmt: skip

INDIRECT: list[Row] = [
    ("bahwa is left out", ["Bupati [Rini|PER1] menegaskan bahwa jalan sudah dibuka."], [("indirect", "menegaskan", "Rini", ("jalan sudah dibuka",))]),
    ("to whom and when are left out", ["[Rini|PER1] mengatakan kepada wartawan di [Maruna|LOC1], [Senin|T], bahwa jalan sudah dibuka."], [("indirect", "mengatakan", "Rini", ("jalan sudah dibuka",))]),
    ("source in front", ["Menurut [Rini|PER1], jalan sudah dibuka."], [("indirect", "Menurut", "Rini", ("jalan sudah dibuka",))]),
    ("source in front, no comma", ["Menurut [Rini|PER1] jalan sudah dibuka."], [("indirect", "Menurut", "Rini", ("jalan sudah dibuka",))]),
    ("source behind", ["Jalan sudah dibuka sejak pagi, menurut [Rini|PER1]."], [("indirect", "menurut", "Rini", ("Jalan sudah dibuka sejak pagi",))]),
    ("cue inside", ["Jalan itu, kata [Rini|PER1], sudah dibuka."], [("indirect", "kata", "Rini", ("Jalan itu", "sudah dibuka"))]),
    ("a word that only ties sentences is no content", ["[Rini|PER1] mengatakan warga aman. Selain itu, menurut [Rini|PER1], jalan sudah dibuka."], [("indirect", "mengatakan", "Rini", ("warga aman",)), ("indirect", "menurut", "Rini", ("jalan sudah dibuka",))]),
    ("two cues share a source", ["[Rini|PER1] menyebut banjir itu parah dan meminta warga mengungsi."], [("indirect", "menyebut", "Rini", ("banjir itu parah",)), ("indirect", "meminta", "Rini", ("warga mengungsi",))]),
    ("a body speaks", ["[Partai Fajar|ORG1] membantah tuduhan itu."], [("indirect", "membantah", "Partai Fajar", ("tuduhan itu",))]),
    ("a group is more than its place", ["Pemerintah [Maruna|LOC1] membantah tuduhan itu."], [("indirect", "membantah", "Pemerintah Maruna", ("tuduhan itu",))]),
    ("someone near a person is not that person", ["Pengacara [Rini|PER1] membantah tuduhan itu."], [("indirect", "membantah", "Pengacara Rini", ("tuduhan itu",))]),
    ("the name stands behind an adjunct", ["Dalam pidatonya di [Maruna|LOC1], [Rini|PER1] menyatakan jalan sudah dibuka."], [("indirect", "menyatakan", "Rini", ("jalan sudah dibuka",))]),
    ("an office stands for its holder", ["Bupati [Rini Astuti|PER1] datang ke pasar.", "Menteri [Budi|PER2] juga hadir.", "Bupati menilai harga sudah turun."], [("indirect", "menilai", "Bupati = Rini Astuti", ("harga sudah turun",))]),
    ("mereka are the body that spoke", ["[Partai Fajar|ORG1] mengatakan rapat sudah selesai. Mereka berharap harga turun."], [("indirect", "mengatakan", "Partai Fajar", ("rapat sudah selesai",)), ("indirect", "berharap", "Partai Fajar", ("harga turun",))]),
    ("a headline's colon", ["# Bupati [Rini|PER1]: Jalan Sudah Dibuka"], [("indirect", None, "Rini", ("Jalan Sudah Dibuka",))]),
    ("a headline's bare verb", ["# [Rini|PER1] Sebut Jalan Sudah Dibuka"], [("indirect", "Sebut", "Rini", ("Jalan Sudah Dibuka",))]),
    ("hal itu before its subject: nothing follows", ["Hal itu dia sampaikan dalam pidatonya di kantor bupati. [Rini|PER1] lalu pulang."], []),
    ("whose proposal it rests on", ["Berdasarkan usulan [Badan Uji|ORG1], anggaran naik 3 persen."], [("indirect", "Berdasarkan", "Badan Uji", ("anggaran naik 3 persen",))]),
    ("a short form in brackets is no part of who speaks", ["Menurut tim anggaran pemerintah daerah (TAPD), anggaran naik 3 persen."], [("indirect", "Menurut", "tim anggaran pemerintah daerah", ("anggaran naik 3 persen",))]),
    ("hal itu: the sentence before", ["Jalan itu akan dibuka besok. Hal itu disampaikan Bupati [Rini|PER1] di kantornya."], [("indirect", "disampaikan", "Rini", ("Jalan itu akan dibuka besok",))]),
    ("a part is quoted", ['[Rini|PER1] menyebut keputusan itu sebagai "langkah mundur" bagi warga.'], [("mixed", "menyebut", "Rini", ('keputusan itu sebagai "langkah mundur" bagi warga',))]),
    ("speech in speech", ['"Kami dengar Bupati [Budi|PER2] menegaskan bahwa jalan dibuka," kata [Rini|PER1].'], [("direct", "kata", "Rini", ("Kami dengar Bupati Budi menegaskan bahwa jalan dibuka,",)), ("indirect", "menegaskan", "Budi", ("jalan dibuka",))]),
    ("a relative clause", ["[Rini|PER1], yang menilai harga terlalu tinggi, meninggalkan rapat."], [("indirect", "menilai", "Rini", ("harga terlalu tinggi",))]),
    ("a name that nobody marked", ["Sejak pagi, Rini Astuti mengatakan jalan sudah dibuka."], [("indirect", "mengatakan", "Rini Astuti", ("jalan sudah dibuka",))]),
    ("a verb joined on has the subject of its sentence", ["[Rini|PER1] mengunjungi [Maruna|LOC1] dan meminta warga mengungsi."], [("indirect", "meminta", "Rini", ("warga mengungsi",))]),
    ("a reason with the subject of its sentence", ["[Rini|PER1] meninggalkan rapat dengan alasan rumahnya kebanjiran."], [("indirect", "alasan", "Rini", ("rumahnya kebanjiran",))]),
    ("an outlet with nobody else speaks itself", ["Dilansir [Antara|ORG1], [Senin|T], jalan itu sudah dibuka."], [("indirect", "Dilansir", "Antara", ("jalan itu sudah dibuka",))]),
]  # fmt: skip

OTHER_MOUTHS: list[Row] = [
    ("an apposition describes; the person before it speaks", ["[Rini Astuti|PER1] (41), warga [Maruna|LOC1], mengaku rumahnya terendam."], [("indirect", "mengaku", "Rini Astuti", ("rumahnya terendam",))]),
    ("also where the place was taken for a person", ["[Rini Astuti|PER1] (41), warga [Lubuk Sirih|PER2], mengaku rumahnya terendam."], [("indirect", "mengaku", "Rini Astuti", ("rumahnya terendam",))]),
    ("residents of a place that was taken for a person", ["Warga [Lubuk Sirih|PER2] mengaku takut."], [("indirect", "mengaku", "Warga Lubuk Sirih", ("takut",))]),
    ("an apposition that names somebody else", ["[Rini Astuti|PER1], pengacara [Budi|PER2], membantah tuduhan itu."], [("indirect", "membantah", "Rini Astuti", ("tuduhan itu",))]),
    ("an office behind the name, without its second comma", ["[Rini Astuti|PER1], Direktur Utama [PT Fajar|ORG1] mengatakan harga akan turun."], [("indirect", "mengatakan", "Rini Astuti", ("harga akan turun",))]),
    ("an apposition to a body", ["[Rimba Lestari|ORG1], sebuah lembaga lingkungan, menuding kebun itu penyebab banjir."], [("indirect", "menuding", "Rimba Lestari", ("kebun itu penyebab banjir",))]),
    ("whom somebody met is not who speaks", ["Di depan [Rini|PER1], warga [Maruna|LOC1] mengaku takut."], [("indirect", "mengaku", "warga Maruna", ("takut",))]),
    ("a rank before the name in apposition", ["Jembatan itu roboh, kata juru bicara kementerian, Kolonel [Budi Arman|PER1], seperti dilansir [Antara|ORG1]."], [("indirect", "kata", "Budi Arman", ("Jembatan itu roboh",))]),
    ("a tail that tells the way is not told", ["Jembatan itu roboh, kata [Rini|PER1], melalui keterangan tertulis."], [("indirect", "kata", "Rini", ("Jembatan itu roboh",))]),
    ("a minister is not another minister", ["Menteri Luar Negeri [Budi|PER1] datang ke [Maruna|LOC1].", "Menteri Kesehatan menyatakan vaksin aman."], [("indirect", "menyatakan", "Menteri Kesehatan", ("vaksin aman",))]),
    ("an office never named with a person is nobody who was named last", ["Wali Kota [Rini|PER1] datang ke pasar.", "Menteri Kesehatan menyatakan vaksin aman."], [("indirect", "menyatakan", "Menteri Kesehatan", ("vaksin aman",))]),
    ("a deputy is not the one whom he stands in for", ["Bupati [Rini|PER1] dan Wakil Bupati [Budi|PER2] datang.", "Wakil Bupati menilai harga sudah turun."], [("indirect", "menilai", "Wakil Bupati = Budi", ("harga sudah turun",))]),
    ("two offices of one person", ["Menko Pangan sekaligus Ketua [Partai Fajar|ORG1] [Rini Astuti|PER1] turut membenarkan bahwa rapat batal."], [("indirect", "membenarkan", "Rini Astuti", ("rapat batal",))]),
    ("a short form of the same office", ["Menteri Lingkungan Hidup [Rini|PER1] datang.", "Menteri [Budi|PER2] pulang.", "Menteri LH menilai udara sudah bersih."], [("indirect", "menilai", "Menteri LH = Rini", ("udara sudah bersih",))]),
    ("a body before what it is", ["[Waskita|ORG1], yayasan pengelola pasar, menyebut harga sudah turun."], [("indirect", "menyebut", "Waskita", ("harga sudah turun",))]),
    ("a larger place behind a smaller one says nothing", ["Seorang pedagang di [Pasar Timur|LOC1], [Maruna|LOC2], mengaku harga sudah turun."], [("indirect", "mengaku", "Seorang pedagang", ("harga sudah turun",))]),
    ("a dateline says nothing", ["[MARUNA|LOC1]-Kepala desa mengatakan bahwa jalan sudah dibuka."], [("indirect", "mengatakan", "Kepala desa", ("jalan sudah dibuka",))]),
    ("who is named in what is told does not tell it", ["[Rini|PER1] mengatakan harga naik.", "Rencana [Budi|PER2], menurut dia, keliru."], [("indirect", "mengatakan", "Rini", ("harga naik",)), ("indirect", "menurut", "Rini", ("Rencana Budi", "keliru"))]),
    ("`mereka` are the group, not its place", ["Ribuan buruh pabrik di [Maruna|LOC1] mogok kerja. Mereka menuntut upah dibayar."], [("indirect", "menuntut", "Ribuan buruh pabrik", ("upah dibayar",))]),
    ("who acts in the sentence before the quote of a paragraph says it", ['"Kami siap," kata [Budi|PER2].', '[Rini|PER1] menutup rapat sebelum sore. "Pulanglah semua," tuturnya.'], [("direct", "kata", "Budi", ("Kami siap,",)), ("direct", "tutur", "Rini", ("Pulanglah semua,",))]),
    ("a denial denied", ["[Rini|PER1] tidak membantah kemungkinan korban bertambah."], [("indirect", "tidak membantah", "Rini", ("kemungkinan korban bertambah",))]),
    ("what was refused was not said", ["[Rini|PER1] mengklaim dukungan cukup, tetapi ia menolak menyebut jumlahnya."], [("indirect", "mengklaim", "Rini", ("dukungan cukup, tetapi ia menolak menyebut jumlahnya",))]),
    ("asked of somebody: what stands behind who asks", ["Dalam kesempatan itu, [Budi|PER1] diminta [Rini|PER2] membuka acara."], [("indirect", "diminta", "Rini", ("membuka acara",))]),
    ("a granting clause in front", ["Meskipun diakui [Rini|PER1], jalan itu rusak."], [("indirect", "diakui", "Rini", ("jalan itu rusak",))]),
    ("a word that ties sentences is no content of its own", ["[Rini|PER1] datang. Sebab, kata [Rini|PER1], jalan itu rusak."], [("indirect", "kata", "Rini", ("jalan itu rusak",))]),
    ("a tag without its first comma", ["[Rini|PER1] datang. [Saat ini|T] kata dia, jalan itu rusak."], [("indirect", "kata", "Rini", ("Saat ini", "jalan itu rusak"))]),
    ("since long stands between who and that", ["Tekanan dari Presiden [Rini|PER1] yang sejak lama menuntut pemotongan pajak tidak mereda."], [("indirect", "menuntut", "Rini", ("pemotongan pajak tidak mereda",))]),
    ("the title of a feast is not what is said", ['Dengan tema "Pulang ke Rumah Lama Kita", [Rini|PER1] menegaskan keluarga itu penting.'], [("indirect", "menegaskan", "Rini", ("keluarga itu penting",))]),
    # who points back, and to whom
    ("a short office", ["Menteri Perdagangan (Mendag) [Rini|PER1] datang.", "Mendag menilai harga turun."], [("indirect", "menilai", "Mendag = Rini", ("harga turun",))]),
    ("who heads a body", ["Acara dibuka Kepala [Balai Maruna|ORG1], [Budi|PER2].", "Kepala [Balai Maruna|ORG1] mengatakan harga turun."], [("indirect", "mengatakan", "Kepala Balai Maruna = Budi", ("harga turun",))]),
    ("by age", ["[Rini|PER1] mencetak gol.", "Pemain [23 tahun|T] itu mengatakan timnya siap."], [("indirect", "mengatakan", "Pemain 23 tahun itu = Rini", ("timnya siap",))]),
    ("a holder's office", ["Kantor Perdana Menteri [Rini|PER1] mengatakan harga turun."], [("indirect", "mengatakan", "Kantor Perdana Menteri Rini", ("harga turun",))]),
    ("a statement of somebody", ["Sebuah pernyataan dari [Balai Maruna|ORG1] menyatakan bahwa harga turun."], [("indirect", "menyatakan", "Balai Maruna", ("harga turun",))]),
    ("by initials, at home somewhere", ["Saat itu, pelaku berinisial [EK|PER1] (40), warga [Desa Suka|LOC2], [Kecamatan Jaya|LOC3], [Kota Maruna|LOC4] mengakui bahwa dia bersalah."], [("indirect", "mengakui", "EK", ("dia bersalah",))]),
]  # fmt: skip

NOTHING: list[tuple[str, list[str]]] = [
    ("unsaid", ["[Rini|PER1] belum mengatakan kapan jalan dibuka."]),
    ("only meant", ["[Rini|PER1] datang untuk menjelaskan aturan itu."]),
    ("a recognition in passing", ["Negara itu bersiap mengakui [Maruna|LOC1] sebagai negara."]),
    ("kata is a noun here", ["Beberapa kata sulit dieja di papan itu."]),
    ("a title in quotation marks", ['Film "Jalan Pulang ke Rumah Lama" diputar di [Maruna|LOC1].']),
    ("a word at arm's length", ['Kota "hujan" itu ramai sekali.']),
    ("nobody in the text can have said it", ['"Jalan sudah dibuka sejak kemarin pagi di sini."']),
    ("a passive without its doer", ["Harga diperkirakan turun."]),
    ("asking for a thing is no speech", ["[Polda Maruna|ORG1] meminta keterangan dua saksi."]),
    ("somebody speaks of himself inside a quote that is not his cue", ['Poster "Kami menolak tambang ini dan meminta keadilan" terpasang di [Maruna|LOC1].']),
    ("twice is nobody", ["Sudah dua kali meminta bahwa jalan dibuka."]),
    ("a rate is no judgement", ["Pagi itu, nilai tukar dolar [Amerika|LOC1] naik."]),
    ("a slip behind `menurut` is nobody", ["Menurut ya jalan itu rusak."]),
    ("police report a person, they do not report words", ["Warga sudah melaporkannya tadi pagi."]),
]


@pytest.mark.parametrize(("reason", "paragraphs", "expected"), DIRECT + INDIRECT + OTHER_MOUTHS, ids=[r[0] for r in DIRECT + INDIRECT + OTHER_MOUTHS])
def test_reads_content_cue_and_speaker(reason: str, paragraphs: list[str], expected: list[tuple[str, str | None, str, tuple[str, ...]]]) -> None:
    one = case(*paragraphs)
    assert sorted(told(one, one.read()), key=str) == sorted(expected, key=str), reason


@pytest.mark.parametrize(("reason", "paragraphs"), NOTHING, ids=[r[0] for r in NOTHING])
def test_finds_nothing_where_nobody_is_made_to_speak(reason: str, paragraphs: list[str]) -> None:
    one = case(*paragraphs)
    assert told(one, one.read()) == [], reason


CHAINS: list[tuple[str, list[str], list[tuple[str, str]]]] = [
    ("an agency carried it", ['"Kami siap," kata [Rini|PER1], seperti dikutip dari [Antara|ORG1], [Senin|T].'], [("speaker", "Rini"), ("relay", "Antara")]),
    ("told to an outlet", ["[Rini|PER1] mengatakan kepada [Kompas.com|ORG1] bahwa jalan dibuka."], [("speaker", "Rini"), ("relay", "Kompas.com")]),
    ("told to reporters: no relay", ["[Rini|PER1] mengatakan kepada wartawan bahwa jalan dibuka."], [("speaker", "Rini")]),
    ("told to a body that carries nothing", ["[Rini|PER1] mengatakan kepada [Partai Fajar|ORG1] bahwa jalan dibuka."], [("speaker", "Rini")]),
    ("an agency whose space a link lost", ['"Kami siap," kata [Rini|PER1], seperti dilansirAFP, [Senin|T].'], [("speaker", "Rini"), ("relay", "AFP")]),
    ("an outlet of two words there, half of it marked", ['"Kami siap," kata [Rini|PER1], dikutip dariNew [York Post|ORG1], [Senin|T].'], [("speaker", "Rini"), ("relay", "New York Post")]),
    ("told to an agency, run on at both ends", ["[Rini|PER1] mengatakan kepadaAFPbahwa jalan dibuka."], [("speaker", "Rini"), ("relay", "AFP")]),
    ("an interview", ["Dalam wawancara dengan [Reuters|ORG1], [Rini|PER1] mengatakan jalan dibuka."], [("speaker", "Rini"), ("relay", "Reuters")]),
    ("a local edition, run into one word", ['"Kami siap," kata [Rini|PER1] saat dihubungi TribunMaruna, [Senin|T].'], [("speaker", "Rini"), ("relay", "TribunMaruna")]),
    ("an outlet that writes itself small", ['"Kami siap," kata [Rini|PER1] dihubungi detikMaruna, [Senin|T].'], [("speaker", "Rini"), ("relay", "detikMaruna")]),
    ("a local edition in capitals", ['"Kami siap," kata [Rini|PER1] kepada [TRIBUN MARUNA|ORG1].'], [("speaker", "Rini"), ("relay", "TRIBUN MARUNA")]),
    ("a tribunal is no edition", ['"Kami siap," kata [Rini|PER1] kepada [Tribunal Maruna|ORG1].'], [("speaker", "Rini")]),
    ("among reporters", ['"Kami siap," kata [Rini|PER1] kepada wartawan, termasuk [Okezone|ORG1].'], [("speaker", "Rini"), ("relay", "Okezone")]),
    ("a talk", ['"Kami siap," kata [Rini|PER1] saat berbincang dengan [CNNIndonesia.com|ORG1].'], [("speaker", "Rini"), ("relay", "CNNIndonesia.com")]),
    ("a platform written small", ['"Kami siap," kata [Rini|PER1] lewat akun instagram @rini.'], [("speaker", "Rini"), ("relay", "instagram")]),
    ("an outlet's channel", ['"Kami siap," kata [Rini|PER1], dikutip melalui kanal [YouTube|ORG1] [Maruna TV|ORG2].'], [("speaker", "Rini"), ("relay", "Maruna TV")]),
    ("another's channel", ['"Kami siap," kata [Rini|PER1], dikutip melalui kanal [YouTube|ORG1] [Sekretariat Maruna|ORG2].'], [("speaker", "Rini"), ("relay", "YouTube")]),
    ("whose account it is", ['"Kami siap," demikian dikutip dari akun [Instagram|ORG1] resmi [Dinas Maruna|ORG2].'], [("speaker", "Dinas Maruna"), ("relay", "Instagram")]),
    ("an account by its sign", ['"Kami siap," tulis akun @rini_22.'], [("speaker", "@rini_22")]),
    ("two agencies", ['"Kami siap," kata [Rini|PER1], dilansir [AFP|ORG1] dan [Reuters|ORG2].'], [("speaker", "Rini"), ("relay", "AFP"), ("relay", "Reuters")]),
    ("a platform", ['"Kami siap," tulis [Rini|PER1] di akun [Instagram|ORG1] miliknya.'], [("speaker", "Rini"), ("relay", "Instagram")]),
    ("on the strength of a report", ["[Rini|PER1] mengatakan, berdasarkan laporan warga setempat, jalan itu putus."], [("origin", "warga setempat"), ("speaker", "Rini")]),
    ("the quote names its own source", ['"Menurut keterangan [Budi|PER2], rumah itu kosong," kata [Rini|PER1].'], [("origin", "Budi"), ("speaker", "Rini")]),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "paragraphs", "expected"), CHAINS, ids=[r[0] for r in CHAINS])
def test_reads_the_chain_from_the_fact_to_the_reader(reason: str, paragraphs: list[str], expected: list[tuple[str, str]]) -> None:
    one = case(*paragraphs)
    chains = [[(link.role, link.span.of(one.document.text)) for link in a.chain] for a in one.read()]
    assert expected in chains, reason


def test_links_told_in_the_next_sentence_belong_to_what_they_point_back_to() -> None:
    """Origin and relay of `informasi soal itu` are those of the sentence before, with the words that show them."""
    one = case(
        "Menurut Bupati [Rini Astuti|PER1], dua jembatan akan ditutup.",
        "[Rini|PER1] mengaku menerima informasi soal itu [Senin|T] dari sejumlah pejabat yang enggan disebut, "
        "seperti dikutip dari [Antara|ORG1].",
    )
    first, second = one.read()
    text = one.document.text
    for attribution in (first, second):
        assert [link.role for link in attribution.chain] == ["origin", "speaker", "relay"]
        origin, _, relay = attribution.chain
        assert origin.span.of(text) == "sejumlah pejabat"
        assert origin.evidence is not None
        assert "informasi soal itu" in origin.evidence.of(text)
        assert relay.evidence is not None
        assert relay.evidence.of(text) == "seperti dikutip dari Antara"
    assert first.speaker.span.of(text) == "Rini Astuti"


def test_a_speaker_who_only_goes_on_is_marked_as_inferred() -> None:
    one = case('"Kami datang," kata [Rini|PER1].', '"Kami juga sudah memberi tahu semua warga di sini sejak kemarin."')
    assert [a.speaker.stated for a in one.read()] == ["written", "inferred"]


def test_every_cue_has_a_known_form_trust_stance_and_gloss() -> None:
    forms = {"active", "bare", "passive", "source", "carrier", "noun"}
    stances = {row["stance"] for row in read_table("stances", ("stance", "report_id", "report_en", "meaning"))}
    rows = list(read_table("cues", ("word", "lemma", "form", "trust", "stance", "gloss")))
    assert len({(r["word"], r["form"]) for r in rows}) == len(rows)
    for row in rows:
        assert row["form"] in forms, row
        assert row["trust"] in {"high", "low"}, row
        assert row["stance"] in stances, row
        assert row["gloss"], row
    assert set(cue_words()) == {r["word"] for r in rows}


_WORDS = st.sampled_from(
    ["[Rini|PER1]", "[Antara|ORG1]", "kata", "mengatakan", "bahwa", '"', "“", "”", ",", ".", "dia", "menurut", "Bupati", "itu",
     "disampaikan", "dikutip", "dari", "yang", "dan", "harga", "ujarnya", ":", "(", ")", "Hal", "seperti", "\n"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(_WORDS, max_size=40), st.booleans())
def test_any_text_gives_attributions_with_one_speaker_in_the_text(words: list[str], title: bool) -> None:
    paragraphs = " ".join(words).split("\n")
    one = case(*(("# " if title and n == 0 else "") + p for n, p in enumerate(paragraphs) if p.strip()))
    found = one.read()
    assert [a.id for a in found] == [f"a{n}" for n in range(1, len(found) + 1)]
    for a in found:
        assert sum(link.role == "speaker" for link in a.chain) == 1
        assert a.content
        for span in (*a.content, *(link.span for link in a.chain), *([a.cue] if a.cue else [])):
            assert span.end <= len(one.document.text)
            assert span.of(one.document.text).strip() == span.of(one.document.text)
    assert one.read() == found


@pytest.mark.parametrize(
    "piece", ['"Ya," kata [Rini|PER1], ', "[Rini|PER1] mengatakan bahwa ", ", kata [Rini|PER1]", '"', "menurut ", "Hal itu disampaikan [Rini|PER1] "]
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    """One endless line of cues, names or marks is read in time that grows with its length alone."""
    one = case(piece * (15_000 // len(piece)))
    assert least(one.read, 5) < 5
