"""The protocol by which photos arrive: any cut, any repeat, any order of tries, and the photo is there once."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from httpx import Response
from hypothesis import given
from hypothesis import strategies as st

from config.messages import load_messages
from models.seller import Enrolment
from models.store import ObjectStore
from models.upload import UploadRefusal, UploadRefused
from storage.catalog import Catalog, open_catalog
from storage.catalog.audit import read_audit
from storage.catalog.forgetting import begin_forgetting
from storage.catalog.sellers import enrol_seller
from storage.catalog.uploads import MOST_PHOTOS
from storage.object_store.opening import open_store
from tests.storage.made import let_pass_moment
from web.console import pieces as pieces_module
from web.console.pieces import Pieces
from web.console.tus import MOST_BYTES, Sender, find_upload, tus_routes

__all__ = ["find_upload", "pieces_module"]
