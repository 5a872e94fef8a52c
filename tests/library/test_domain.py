"""The rules of form templates, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.library.domain import FIRST_VERSION, TemplateType, Version, document_kind, rises, started_title

versions = st.builds(Version, st.integers(1, 9999), st.integers(0, 9999))


@given(versions)
def test_a_version_is_read_as_it_is_written(version: Version) -> None:
    assert Version.parse(str(version)) == version


@given(st.builds(Version, st.integers(1, 9998), st.integers(0, 9998)))
def test_the_next_versions_rise(version: Version) -> None:
    assert version < version.next_minor < version.next_major
    assert rises(version.next_minor, [version])


@pytest.mark.parametrize("text", ["", "1", "0.1", "1.0.0", "1,0", "v1.0", "-1.0", "1.00000", "1.x"])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a version"):
        Version.parse(text)


def test_versions_are_compared_by_number_not_by_letter() -> None:
    assert Version.parse("1.10") > Version.parse("1.9")
    assert not rises(Version.parse("1.9"), [Version.parse("1.10"), FIRST_VERSION])
    assert not rises(FIRST_VERSION, [FIRST_VERSION])
    assert rises(FIRST_VERSION, [])


def test_every_type_says_what_it_becomes() -> None:
    assert {document_kind(kind) for kind in TemplateType} == {"assessment", "page", "minutes", "proposal"}


def test_an_empty_title_falls_back_on_the_template() -> None:
    assert started_title("ROS", "  ") == "ROS"
    assert started_title("ROS", " ROS  for  skyen ") == "ROS for skyen"
