"""The detached signature of an archive's tag manifest by ssh-keygen."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

from helpers.evidence.verify_bag import NAMESPACE
from helpers.publishing.errors import ReportRefused


def key_fingerprint(key: Path) -> str:
    """The fingerprint of a private or public key in a file, as `ssh-keygen -l` tells it. Raises ReportRefused."""
    told = _ssh_keygen(["-l", "-f", str(key)])
    found = re.search(r"SHA256:[A-Za-z0-9+/]+", told)
    if found is None:
        raise ReportRefused(f"“{key.name}”不是可用的 SSH 密钥，没有归档。")
    return found[0]


def sign(data: bytes, key: Path) -> bytes:
    """The signature of `data` by a private key in a file. Raises ReportRefused."""
    with tempfile.TemporaryDirectory(prefix="selfeval-") as folder:
        path = Path(folder) / "signed"
        path.write_bytes(data)
        _ssh_keygen(["-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(path)])
        return path.with_name("signed.sig").read_bytes()


def _ssh_keygen(arguments: list[str]) -> str:
    try:
        done = subprocess.run(["ssh-keygen", *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=True)
    except FileNotFoundError:
        raise ReportRefused("没有找到 ssh-keygen，不能签名。请安装 OpenSSH，或不写 --key。") from None
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode("utf-8", "replace").strip().splitlines()
        mend = "请用 ssh-keygen -t ed25519 -f 文件 生成没有口令的密钥，或先把密钥加入 ssh-agent。"
        raise ReportRefused(f"签名没有成功，没有归档：{told[-1] if told else ''}。{mend}") from None
    return done.stdout.decode("utf-8", "replace")
