"""One invented report and what outlets make of it: whole, cut, with more, in other words, in part; and what only looks like it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from archive.records import NOW
from telusur.archive import Archive
from telusur.archive.keep import keep
from telusur.archive.prepare import Entry, prepare, record_item
from telusur.export.json import to_json
from telusur.ingest.files import from_text
from telusur.model.document import Hints
from telusur.model.record import Analysis, Record
from telusur.parse import parse_page

WIRE = (
    "Selat Mandar - Kapal penyeberangan Mutiara Laut kandas di perairan dangkal dekat Pulau Karampuang pada Selasa dini hari setelah kemudinya macet.",
    "Nakhoda kapal sempat mengarahkan haluan ke pelabuhan terdekat, tetapi arus yang deras menyeret kapal itu ke gugusan karang di sisi barat pulau.",
    "Seluruh penumpang yang berjumlah seratus dua puluh orang dipindahkan ke perahu nelayan dan dibawa ke balai desa untuk diperiksa kesehatannya.",
    "“Kami mendengar bunyi benturan keras, lalu lampu padam dan semua orang berlari ke geladak,” kata Rahmawati, seorang penumpang asal Majene.",
    "Kepala kantor pelabuhan Burhan Tandilino menyebut kapal itu lulus pemeriksaan bulan lalu dan baru saja mengganti pompa hidrolik kemudinya.",
    "Tim penyelam akan memeriksa kerusakan lambung begitu gelombang mereda, sedangkan muatan bahan bakar disedot lebih dahulu agar tidak mencemari laut.",
)
OWN = (
    "Pemerintah kabupaten menutup tiga pasar ikan selama sepekan karena saluran pembuangannya meluap sejak hujan deras akhir pekan lalu.",
    "Para pedagang memindahkan lapak mereka ke halaman terminal lama dan mengeluhkan pembeli yang berkurang lebih dari separuhnya.",
    "Dinas pekerjaan umum berjanji mengeruk saluran itu dengan dua alat berat yang didatangkan dari kota tetangga.",
    "Warga sekitar berharap pengerukan selesai sebelum musim panen ikan layang dimulai pada awal bulan depan.",
    "Bupati meminta kepala pasar mendata kerugian setiap lapak dan melaporkannya kepada sekretaris daerah dalam tiga hari.",
)
MORE = (
    "Sejumlah warga Karampuang menyiapkan dapur umum sejak subuh dan membagikan nasi bungkus kepada penumpang yang menunggu jemputan.",
    "Perusahaan pemilik kapal mengirim dua bus untuk membawa penumpang ke kota dan menanggung biaya penginapan mereka.",
    "Pelayaran pada lintasan itu dihentikan sampai pemeriksaan selesai, kata petugas loket di dermaga penyeberangan.",
)
REWORDED = (
    "Selat Mandar - Kapal penyeberangan Mutiara Laut kandas di perairan dangkal tak jauh dari Pulau Karampuang, Selasa dini hari, setelah kemudinya mendadak macet.",
    "Nakhoda kapal itu sempat mengarahkan haluan ke pelabuhan terdekat, namun arus yang deras menyeret kapal ke gugusan karang di sisi barat pulau tersebut.",
    "Semua penumpang yang berjumlah seratus dua puluh orang lalu dipindahkan ke perahu nelayan dan dibawa ke balai desa guna diperiksa kesehatannya.",
    "Kepala kantor pelabuhan, Burhan Tandilino, mengatakan kapal itu lulus pemeriksaan bulan lalu dan baru mengganti pompa hidrolik kemudinya.",
    "Tim penyelam bakal memeriksa kerusakan lambung begitu gelombang mereda, sementara muatan bahan bakar disedot lebih dahulu supaya tidak mencemari laut.",
)
QUOTING = (
    "Rahmawati tidak menyangka perjalanan pulangnya berakhir di sebuah balai desa yang dindingnya masih basah oleh cat baru.",
    "“Kami mendengar bunyi benturan keras, lalu lampu padam dan semua orang berlari ke geladak,” kata Rahmawati, seorang penumpang asal Majene.",
    "Ibu dua anak itu bercerita sambil memangku anak bungsunya, yang terus bertanya kapan mereka boleh menelepon ayahnya.",
    "Petugas puskesmas memberinya selimut dan teh manis, kemudian mencatat namanya pada selembar kertas karton.",
)
FORECAST = (
    "Badan cuaca memperkirakan hujan ringan turun di Kota Mamuju pada Senin (3/3/2025) siang dengan suhu udara antara 24 dan 31 derajat Celsius.",
    "Kelembapan udara berkisar antara 70 dan 90 persen, sedangkan angin bertiup dari barat dengan kecepatan 15 kilometer per jam.",
    "Warga diminta menyiapkan payung dan berhati-hati di jalan yang licin, terutama di tanjakan menuju pelabuhan lama.",
)
FORECAST_LATER = (
    "Badan cuaca memperkirakan hujan ringan turun di Kota Mamuju pada Jumat (18/4/2025) siang dengan suhu udara antara 22 dan 33 derajat Celsius.",
    "Kelembapan udara berkisar antara 65 dan 85 persen, sedangkan angin bertiup dari barat dengan kecepatan 25 kilometer per jam.",
    "Warga diminta menyiapkan payung dan berhati-hati di jalan yang licin, terutama di tanjakan menuju pelabuhan lama.",
)
SAME_EVENT = (
    "Sebuah feri yang melayani lintasan Selat Mandar tersangkut di karang, dan tidak ada korban jiwa dalam kecelakaan itu.",
    "Menurut Burhan Tandilino dari kantor pelabuhan, gangguan pada sistem kemudi diduga menjadi penyebab Mutiara Laut keluar dari alur pelayaran.",
    "Nelayan setempat menjemput lebih dari seratus orang dari geladak sebelum fajar, dengan belasan perahu kayu.",
    "Otoritas menunggu cuaca membaik untuk menilai apakah feri tersebut masih layak ditarik ke galangan.",
)

STATEMENT = (
    "Perusahaan pelayaran Mutiara Laut menghentikan sementara seluruh lintasan kapal penyeberangan selama pemeriksaan lambung berlangsung.",
    "Penumpang yang telah memegang tiket berhak atas pengembalian penuh tanpa potongan atau pemindahan ke jadwal kapal berikutnya.",
    "Petugas loket melayani penukaran itu setiap hari sejak pukul delapan pagi di dermaga lama dan di kantor cabang kota.",
    "Perusahaan juga menanggung ongkos penginapan keluarga yang tertahan di pulau sampai cuaca memungkinkan pelayaran.",
)
STATEMENT_QUOTED = (
    "Seluruh lintasan kapal penyeberangan Mutiara Laut berhenti sementara, dan ratusan calon penumpang menunggu kepastian di dermaga.",
    f"“{STATEMENT[1]} {STATEMENT[2]}",
    f"{STATEMENT[3]}” kata Direktur Andi Makkawaru dalam keterangannya, Rabu (5/3/2025).",
    STATEMENT[0],
)
DIRECT = (
    "Burhan Tandilino menjawab pertanyaan wartawan sambil berdiri di bawah atap seng loket yang bocor.",
    "“Kapal itu lulus pemeriksaan bulan lalu dan baru saja mengganti pompa hidrolik kemudinya dengan suku cadang baru. Kami menunggu hasil penyelidikan "
    "sebelum menentukan siapa yang harus bertanggung jawab atas kerugian para penumpang,” kata Burhan kepada wartawan, Selasa (4/3/2025).",
    "Ia lalu masuk ke mobil dinasnya tanpa menanggapi seruan keluarga korban di seberang jalan.",
)
INDIRECT = (
    "Kantor pelabuhan menolak disebut lalai, sementara keluarga penumpang menuntut ganti rugi lewat pengacara mereka di kota.",
    "Burhan mengatakan kapal itu lulus pemeriksaan bulan lalu dan baru saja mengganti pompa hidrolik kemudinya dengan suku cadang baru.",
    "Menurut Burhan, pihaknya menunggu hasil penyelidikan sebelum menentukan siapa yang harus bertanggung jawab atas kerugian para penumpang.",
    "Para pengacara menyiapkan gugatan perdata yang hendak didaftarkan sebelum akhir pekan di pengadilan negeri setempat.",
)


def answers(levels: Sequence[int]) -> tuple[str, ...]:
    """The answers to some levels of a game: one form, other figures."""
    told = " hingga ".join(map(str, (levels[0], levels[-1])))
    return (
        f"Bagi penggemar teka-teki kata, permainan ini menjadi teman mengisi waktu luang; berikut kunci jawaban tingkat {told}.",
        "Pemain menyusun kata dari huruf acak, sekaligus mengasah kemampuan kosakata dan logika di setiap babaknya yang makin sulit.",
        "Permainan yang sederhana namun membuat ketagihan ini digemari segala usia dan cocok bagi yang lagi mentok butuh bantuan.",
        *(f"Kunci jawaban tingkat {level} terdiri atas {level + 3} kata: {word}." for level, word in zip(levels, WORDS[levels[0] % 2 :: 2], strict=False)),
    )


WORDS = ("ombak sauh", "karang pasir", "layar tiang", "dayung perahu", "buih garam", "teluk tanjung", "kerang mutiara", "jala pukat", "haluan buritan", "pelaut nakhoda")


def entry(paragraphs: Sequence[str], outlet: str, published: str | None, *, title: str = "Kapal Penyeberangan Kandas di Karampuang", url: str | None = None) -> Entry:
    """An article with its blocks and nothing else: reading it for names and claims would take longer, and tracing asks for none."""
    text = "\n\n".join((title, *paragraphs))
    where = url or f"https://{outlet}/{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    document = parse_page(from_text(text), Hints(url=where, published=published, publisher=outlet, title=title))
    told: dict[str, Any] = to_json(Record(document, (), (), (), (), (), (), Analysis("telusur", "0", "none", 0.0)))
    made = prepare(record_item("a page", told))
    assert isinstance(made, Entry), made
    return made


def put(archive: Archive, entries: Iterable[Entry]) -> list[str]:
    """Keeps them in this order; gives their ids."""
    some = list(entries)
    archive.write(lambda connection: keep(connection, some, NOW))
    return [one.id for one in some]


PAGES: dict[str, Entry] = {}


def pages() -> dict[str, Entry]:
    """All of them, by what they are."""
    if not PAGES:
        PAGES.update(
            wire=entry(["Selat Mandar (ANTARA)" + WIRE[0].removeprefix("Selat Mandar"), *WIRE[1:]], "antaranews.com", "2025-03-04T05:10:00+07:00"),
            whole=entry(WIRE, "harianpesisir.example", "2025-03-04T07:00:00+07:00", title="Mutiara Laut Kandas"),
            credited=entry([*WIRE[:5], WIRE[5] + " (Antara)"], "selatnews.example", "2025-03-04T06:30:00+07:00", title="Feri Kandas, Penumpang Selamat"),
            cut=entry(WIRE[:3], "ringkas.example", "2025-03-04T08:00:00+07:00", title="Feri Kandas"),
            more=entry([*WIRE, *MORE], "lengkap.example", "2025-03-04T12:00:00+07:00", title="Dapur Umum untuk Penumpang Feri"),
            reworded=entry(REWORDED, "ulang.example", "2025-03-04T09:00:00+07:00", title="Penumpang Feri Dievakuasi"),
            spliced=entry([*OWN[:3], WIRE[5], WIRE[1], *OWN[3:]], "campur.example", "2025-03-05T09:00:00+07:00", title="Pasar Ikan Ditutup Sepekan"),
            quoting=entry(QUOTING, "kisah.example", "2025-03-05T10:00:00+07:00", title="Cerita Rahmawati"),
            event=entry(SAME_EVENT, "lain.example", "2025-03-04T10:00:00+07:00", title="Feri Tersangkut Karang"),
            forecast=entry(FORECAST, "cuaca.example", "2025-03-03T05:00:00+07:00", title="Cuaca Mamuju Hari Ini"),
            forecast_later=entry(FORECAST_LATER, "cuaca.example", "2025-04-18T05:00:00+07:00", title="Cuaca Mamuju Hari Ini"),
            own=entry(OWN, "kabarpasar.example", None, title="Tiga Pasar Ikan Ditutup"),
        )
    return PAGES
