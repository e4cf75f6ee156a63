"""Where models and the files of users lie."""

import os

base_path = os.path.dirname(os.path.realpath(__file__))
models_dir = os.path.join(base_path, "models")
custom_nodes_dir = os.path.join(base_path, "custom_nodes")
user_workflows_dir = os.path.join(base_path, "user", "default", "workflows")
model_endings = (".ckpt", ".pt", ".pth", ".safetensors")


def make_directories():
    for name in ("input", "output", "custom_nodes"):
        os.makedirs(os.path.join(base_path, name), exist_ok=True)
    os.makedirs(user_workflows_dir, exist_ok=True)


def get_filename_list(folder_name):
    """The models of one kind, as paths below its directory."""
    root = os.path.join(models_dir, folder_name)
    found = []
    for directory, _, names in os.walk(root, followlinks=True):
        for name in names:
            if name.lower().endswith(model_endings):
                found.append(os.path.relpath(os.path.join(directory, name), root))
    return sorted(found)
