import json

import pytest

from comparison.figures import Rounds, figures
from comparison.report import BEGIN, END, Report, write_section
from comparison.workloads import APART

from .samples import sample


def test_only_the_marked_section_of_a_page_changes(tmp_path):
    # Given
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")

    # When
    write_section(page, "new\n")

    # Then
    assert page.read_text() == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"


def test_a_page_without_markers_is_left_alone(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("mine")
    with pytest.raises(ValueError, match="no lines"):
        write_section(page, "new")
    assert page.read_text() == "mine"


def test_percentiles_in_tables_are_over_all_rounds():
    # Given 50 requests of 1 ms in one round and 50 of 3 ms in another
    lone = APART[0]
    samples = [
        sample(lone.key, "fieldserve", 0, latencies=[0.001] * 50, throughput=10),
        sample(lone.key, "fieldserve", 1, latencies=[0.003] * 50, throughput=20),
    ]
    report = Report({}, [], [lone], samples, figures(Rounds(samples)))

    # When
    markdown, document = report.markdown(), json.loads(report.json())

    # Then
    assert "| fieldserve | 15.0 (10.0 to 20.0) | 1.00 | 3.00 | 3.00 |" in markdown
    assert [entry["p50"] for entry in document["samples"]] == [0.001, 0.003]
