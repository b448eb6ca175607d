"""A report adds up: every record was written or lost, and nothing silently."""

from annotations.core.formats.report import LossReport


def test_a_report_has_the_contracts_shape():
    report = LossReport("web_annotation")
    report.written("annotation", 2)
    report.left_behind("annotation", "No place for attributes.")
    report.lost("claim", "Annotations only.")
    report.lost("claim", "Annotations only.")
    assert report.as_json() == {
        "format": "web_annotation",
        "records": {
            "annotation": {"written": 2, "lost": 0, "reasons": [{"reason": "No place for attributes.", "count": 1}]},
            "claim": {"written": 0, "lost": 2, "reasons": [{"reason": "Annotations only.", "count": 2}]},
        },
    }


def test_an_empty_report_names_its_format():
    assert LossReport("jsonl").as_json() == {"format": "jsonl", "records": {}}
