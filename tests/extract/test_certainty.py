"""How sure, whether at all, and when: one row a word or a way of putting it, each with its reason."""

from __future__ import annotations

import pytest
from marked_article import marked

from telusur.lexicon import read_table
from telusur.model.claim import CERTAINTIES, POLARITIES, TENSES

Row = tuple[str, str, str, tuple[str, str, str]]

MARKS: list[Row] = [
    ("plain", "Polisi <<menangkap>> [Tono|PER1].", "COERCE", ("certain", "positive", "past")),
    ("akan: certain, by the guide", "Polisi akan <<menangkap>> [Tono|PER1].", "COERCE", ("certain", "positive", "future")),
    ("harus: certain, to come", "Polisi harus <<menangkap>> [Tono|PER1].", "COERCE", ("certain", "positive", "future")),
    ("a plan is probable", "Polisi berencana <<menangkap>> [Tono|PER1].", "COERCE", ("probable", "positive", "future")),
    ("an aim is probable", "Bupati menargetkan <<pembangunan>> jalan itu.", "POLICY", ("probable", "positive", "future")),
    ("a schedule is probable", "[Sari|PER1] dijadwalkan <<bertemu>> [Tono|PER2].", "CONSULT", ("probable", "positive", "future")),
    ("bisa is possible", "Hujan itu bisa <<menggenangi>> jalan.", "DISASTER", ("possible", "positive", "future")),
    ("ingin is possible", "[Sari|PER1] ingin <<menemui>> [Tono|PER2].", "CONSULT", ("possible", "positive", "future")),
    ("kemungkinan, with akan behind it", "Polisi kemungkinan akan <<menangkap>> [Tono|PER1].", "COERCE", ("possible", "positive", "future")),
    ("a condition", "Jika polisi <<menangkap>> [Tono|PER1], warga lega.", "COERCE", ("possible", "positive", "future")),
    ("diduga is probable, and past", "[Tono|PER1] diduga <<menyerang>> warga.", "ASSAULT", ("probable", "positive", "past")),
    ("dugaan before a noun", "Dugaan <<korupsi>> di [Dinas Sosial|ORG1] mencuat.", "COERCE", ("probable", "positive", "past")),
    ("hearsay", "[Tono|PER1] dikabarkan <<ditangkap>> polisi.", "COERCE", ("probable", "positive", "past")),
    ("reported to the police is no hearsay", "[Tono|PER1] dilaporkan ke polisi dan <<ditangkap>>.", "COERCE", ("certain", "positive", "past")),
    ("not yet", "Polisi belum <<menangkap>> [Tono|PER1].", "COERCE", ("certain", "negative", "past")),
    ("not", "Polisi tidak <<menangkap>> [Tono|PER1].", "COERCE", ("certain", "negative", "past")),
    ("failed", "Polisi gagal <<menangkap>> [Tono|PER1].", "COERCE", ("certain", "negative", "past")),
    ("will not", "Polisi tidak akan <<menangkap>> [Tono|PER1].", "COERCE", ("certain", "negative", "future")),
    ("cannot is certain", "Putusan itu tidak bisa <<dibatalkan>>.", "POLICY", ("certain", "negative", "future")),
    ("cannot yet says nothing of the future", "Rumah itu belum bisa <<dibangun>>.", "AID", ("certain", "negative", "past")),
    ("not only is not not", "Polisi tidak hanya <<menangkap>> [Tono|PER1] tetapi juga adiknya.", "COERCE", ("certain", "positive", "past")),
    ("denied", "[Tono|PER1] membantah <<menyerang>> warga.", "ASSAULT", ("certain", "negative", "past")),
    ("to deny an accusation leaves it made", "[Tono|PER1] membantah <<tuduhan>> warga.", "ACCUSE", ("certain", "positive", "past")),
    ("going on", "Polisi sedang <<memeriksa>> [Tono|PER1].", "INVESTIGATE", ("certain", "positive", "present")),
    ("tengah is going on too", "Polisi tengah <<memeriksa>> [Tono|PER1].", "INVESTIGATE", ("certain", "positive", "present")),
    ("to go on lies ahead", "Polisi akan terus <<memantau>> jalan.", "plans", ("certain", "positive", "future")),
    ("another clause's word", "Warga tidak takut karena polisi <<menangkap>> [Tono|PER1].", "COERCE", ("certain", "positive", "past")),
    ("another clause's plan", "Rencana warga yang <<menolak>> [Tono|PER1] batal.", "REJECT", ("certain", "positive", "past")),
    ("a rejected plan is rejected", "Rencana perluasan operasi itu telah <<ditolak>> warga.", "REJECT", ("certain", "positive", "past")),
    ("what is planned is no more than that", "Rencana <<serangan>> itu diumumkan kemarin.", "ASSAULT", ("probable", "positive", "future")),
    ("what one is charged with", "[Tono|PER1] didakwa menerima <<suap>>.", "COERCE", ("probable", "positive", "past")),
    ("that one is charged", "[Tono|PER1] <<didakwa>> menerima suap.", "INVESTIGATE", ("certain", "positive", "past")),
    ("a plan that is gone into", "Rencana kerja tersebut masih dalam <<pembicaraan>> kedua pihak.", "CONSULT", ("certain", "positive", "present")),
    ("not even possible", "Gempa itu tidak berpotensi <<tsunami>>.", "DISASTER", ("certain", "negative", "future")),
    ("no plan of it", "[Sari|PER1] tidak berencana <<menemui>> [Tono|PER2].", "CONSULT", ("certain", "negative", "future")),
    ("nobody did", "Tidak ada negara yang menyatakan <<bersedia>> mengirim pasukan.", "AGREE", ("certain", "negative", "past")),
    ("nothing was issued yet", "Sejauh ini belum ada aturan turunan yang <<dikeluarkan>> kementerian.", "POLICY", ("certain", "negative", "past")),
    ("nothing was wrong with what was done", "Menurut dia tak ada yang salah terhadap <<penunjukan>> [Sari|PER1].", "OFFICE", ("certain", "positive", "past")),
    ("a day after the page's", "[Sari|PER1] <<bertemu>> [Tono|PER2] pada [Senin|T=2025-06-16].", "CONSULT", ("certain", "positive", "future")),
    ("a day before the page's", "[Sari|PER1] <<bertemu>> [Tono|PER2] pada [Senin|T=2025-06-09].", "CONSULT", ("certain", "positive", "past")),
    ("a state is present", "[Vestara|LOC1] telah menjadi <<sekutu>> [Norlandia|LOC2].", "allied-with", ("certain", "positive", "present")),
    ("a state that was", "[Vestara|LOC1] pernah menjadi <<sekutu>> [Norlandia|LOC2].", "allied-with", ("certain", "positive", "past")),
]  # fmt: skip


@pytest.mark.parametrize(("why", "sentence", "kind", "expected"), MARKS, ids=[row[0] for row in MARKS])
def test_marks(why: str, sentence: str, kind: str, expected: tuple[str, str, str]) -> None:
    """Certainty, polarity and tense as the words around the trigger put them."""
    article = marked(sentence)
    claim = next(c for c in article.framed(kind) if c.trigger == article.triggers[0])
    assert (claim.certainty, claim.polarity, claim.tense) == expected, why


def test_the_model_is_heard_where_words_are_silent() -> None:
    """It decides only where no word speaks and it is sure; a word that the text prints outweighs it."""

    def certainty(sentence: str, probable: float) -> str:
        rest = (1 - probable) / 3
        chances = {"certain": rest, "probable": probable, "possible": rest, "unknown": rest}
        return marked(sentence).framed("COERCE", marks={"certainty": chances})[0].certainty

    assert certainty("Polisi <<menangkap>> [Tono|PER1].", 0.9) == "probable"
    assert certainty("Polisi <<menangkap>> [Tono|PER1].", 0.6) == "certain"
    assert certainty("Polisi ingin <<menangkap>> [Tono|PER1].", 0.99) == "possible"


def test_without_a_page_date_no_day_is_future() -> None:
    """Nothing is called future by a date where nobody says what day the page is of."""
    article = marked("[Sari|PER1] <<bertemu>> [Tono|PER2] pada [Senin|T=2025-06-16].", published=None)
    assert article.framed("CONSULT")[0].tense == "past"


def test_the_table_of_marks_uses_the_records_words() -> None:
    """A cell that is no value of the record would be dropped in silence."""
    for row in read_table("marks", ("word", "certainty", "polarity", "tense", "reach")):
        assert row["certainty"] in {*CERTAINTIES, "-"}, row
        assert row["polarity"] in {*POLARITIES, "-"}, row
        assert row["tense"] in {*TENSES, "-"}, row
        assert 1 <= int(row["reach"]) <= 12, row
