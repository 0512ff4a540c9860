import re
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def test_the_readmes_code_runs_as_it_stands(url, capsys):
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)

    exec("\n".join(blocks).replace("http://localhost:8080", url), {})

    assert "trusted 1" in capsys.readouterr().out
