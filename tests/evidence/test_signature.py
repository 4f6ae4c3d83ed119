"""Signatures by ssh-keygen: who signed, what was signed, and that it is still that."""

from __future__ import annotations

import shutil

import pytest

from evidence import tiny
from evidence.conftest import new_key
from helpers.evidence.signature import key_fingerprint, sign
from helpers.evidence.verify_bag import SIGNED, verify
from helpers.publishing.errors import ReportRefused

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")


@pytest.fixture
def key(tmp_path):
    return new_key(tmp_path / "key")


@pytest.fixture
def signed(tmp_path, key):
    """A signed archive."""
    bag = tiny.sealed_bag(tmp_path / "bags", tiny.contents(), Signing_Key=key_fingerprint(key))
    return sign_with(bag, key)


def sign_with(bag, key):
    (bag / f"{SIGNED}.sig").write_bytes(sign((bag / SIGNED).read_bytes(), key))
    return bag


def signers(path, key, name="finance"):
    path.write_text(f'{name} namespaces="selfeval-archive" {key.with_suffix(".pub").read_text()}', "utf-8")
    return path


def test_good_signature(signed, key):
    found = verify(signed)
    assert found.findings == []
    assert any(key_fingerprint(key) in note for note in found.notes)


def test_known_signer(signed, key, tmp_path):
    found = verify(signed, signers(tmp_path / "signers", key))
    assert found.findings == []
    assert "签名者：finance。" in found.notes


def test_stranger(signed, tmp_path):
    other = new_key(tmp_path / "other")
    assert verify(signed, signers(tmp_path / "signers", other)).codes == {"V433"}


def test_everything_made_anew_after_signing(signed):
    (signed / "bag-info.txt").write_bytes((signed / "bag-info.txt").read_bytes() + b"Contact-Name: X\n")
    tiny.retag(signed)
    assert verify(signed).codes == {"V432"}


def test_signed_anew_with_another_key(signed, tmp_path):
    sign_with(signed, new_key(tmp_path / "other"))
    assert verify(signed).codes == {"V434"}


def test_signature_taken_away(signed):
    (signed / f"{SIGNED}.sig").unlink()
    assert verify(signed).codes == {"V431"}


def test_signature_of_a_signed_archive_in_a_zip(signed, tmp_path):
    assert verify(tiny.zipped(signed, tmp_path / "bag.zip")).findings == []


def test_no_key(tmp_path):
    (tmp_path / "key").write_text("x", "utf-8")
    with pytest.raises(ReportRefused, match="签名没有成功"):
        key_fingerprint(tmp_path / "key")
