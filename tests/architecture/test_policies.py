"""Every action that a room declares can be granted by a rule, and every rule grants a declared action."""

import ast
import importlib

from flask import Flask

from tests.architecture.tree import Module, modules
from wiki.core import authz


def test_every_action_has_a_rule(app: Flask) -> None:
    _load_policies()
    assert authz.declared_actions() - authz.ruled_actions() == frozenset()


def test_every_rule_grants_a_declared_action(app: Flask) -> None:
    _load_policies()
    assert authz.ruled_actions() - authz.declared_actions() == frozenset()


def test_actions_are_named_thing_and_verb(app: Flask) -> None:
    _load_policies()
    names = [str(action) for action in authz.declared_actions()]
    assert [name for name in names if len(name.split(".")) != 2] == []
    assert len(names) == len(set(names)), "two rooms declare the same action"


def test_every_declared_action_is_asked_for_somewhere() -> None:
    """Outside the policy that declares it, as `DocumentAction.EDIT`."""
    _load_policies()
    asked = {
        (node.value.id, node.attr)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id not in _classes(module)
    }
    unused = [str(a) for a in authz.declared_actions() if (type(a).__name__, a.name) not in asked]
    assert unused == []


def _classes(module: Module) -> set[str]:
    return {node.name for node in module.tree.body if isinstance(node, ast.ClassDef)}


def _load_policies() -> None:
    for module in modules():
        if module.name.endswith(".policy") or ".policy." in module.name:
            importlib.import_module(module.name)
