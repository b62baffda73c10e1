"""Open a project with BORIS's own loader and say what it finds: run by a Python that has BORIS.

Only sound and the film player, which need libraries of the system, are left out.
"""

import json
import sys
import types
from pathlib import Path

path = sys.argv[1]
sys.argv = ["boris"]  # BORIS reads its own arguments from here while it is imported
try:
    import PyQt5.QtMultimedia  # noqa: F401
except ImportError:
    sound = types.ModuleType("PyQt5.QtMultimedia")
    sound.QSound = object
    sys.modules["PyQt5.QtMultimedia"] = sound
for name in ("boris.mpv", "boris.mpv2"):
    player = types.ModuleType(name)
    player.sofile, player.dll, player.MPV = "libmpv.so.2", "", object
    sys.modules[name] = player

from boris import project_functions  # noqa: E402

_, changed, project, _ = project_functions.open_project_json(path)
events = {
    name: project_functions.events_start_stop(project["behaviors_conf"], one["events"], one["type"])
    for name, one in project.get("observations", {}).items()
}
told = {
    "error": project.get("error", ""),
    "changed": changed,
    "integrity": project_functions.check_project_integrity(
        project, "s", str(Path(path)), media_file_available=False
    ),
    "events": {name: [[str(one[0]), *one[1:]] for one in rows] for name, rows in events.items()},
}
print(json.dumps(told))
