"""A photo's pieces: put where all of the web's processes see them, and together where photos lie, once.

They lie in the object store, not on this machine: they survive a restart and a new machine, any web process may
take the next one, and whoever is forgotten takes them along.
"""

import logging
from dataclasses import dataclass

from models.rejection import PhotoRejected, RejectionReason
from models.store import ObjectMissing, ObjectStore
from models.upload import Upload, UploadGone, UploadMoved, UploadRefusal, UploadRefused
from processing.decode.extension import EXTENSION_OF, named_for
from processing.decode.signature import recognise
from storage.catalog.connection import Catalog
from storage.catalog.uploads import finish_upload, keep_piece, note_cleared, read_upload, uploads_to_end
from storage.gps.removal import without_gps
from storage.takes import place_takes, retake, where_it_lies

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/octet-stream"
"""Whatever a sender calls it: nothing of what was sent is ever served under a type that it names."""
TELLING_BYTES = 4096
"""With so many it is known whether a file is a photo at all; a whole photo need not come first."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Where photos arrive."""

    store: ObjectStore
    catalog: Catalog

    def keep(self, upload: Upload, data: bytes) -> Upload:
        """Keep the next piece and return how the upload stands; the last one completes it.

        Raises UploadRefused, after which the upload is gone, where it is no photo; UploadMoved, UploadGone,
        StoreError, CatalogError.
        """
        if not upload.ends and (len(data) >= TELLING_BYTES or len(data) == upload.size):
            self._look(upload, data)
        start, end = upload.received, upload.received + len(data)
        self.store.put(upload.piece(start, end), data, media_type=MEDIA_TYPE)
        try:
            kept = keep_piece(self.catalog, upload, end)
        except UploadGone:
            self.store.clear(upload.folder)
            raise
        return self.complete(kept) if kept.is_whole else kept

    def complete(self, upload: Upload) -> Upload:
        """Put a whole photo in its place, unless it lies there, and return how the upload stands.

        Raises UploadRefused, after which the upload is gone; UploadGone, StoreError, CatalogError.
        """
        if upload.file is not None:
            if upload.replaces is not None:
                place_takes(self.store, self.catalog, upload.key)
            return upload
        try:
            data = b"".join(self.store.get(piece) for piece in upload.pieces)
        except ObjectMissing as missing:
            # Somebody else has completed it meanwhile, or it was given up.
            raise UploadMoved(upload.id) from missing
        found = self._look(upload, data)
        if upload.replaces is not None:
            return self._replace(upload, upload.replaces, data, found)
        data = without_gps(data)
        file = upload.stem + EXTENSION_OF[found]
        place = upload.key.photo(file).raw
        if not self._is_there(place, data):
            self.store.put(place, data, media_type=MEDIA_TYPE)
        try:
            done = finish_upload(self.catalog, upload, file)
        except UploadGone:
            self.store.delete(place)
            self.store.clear(upload.folder)
            raise
        self.clear(done)
        return done

    def _replace(self, upload: Upload, replaces: str, data: bytes, found: str) -> Upload:
        """Put a photo in the place of the one that it was taken again for."""
        old = upload.key.photo(replaces)
        photo = where_it_lies(self.catalog, old)
        file = named_for(photo.file, found)
        try:
            retake(self.store, self.catalog, photo, data, file=file, by=upload.by, upload=upload.id)
        except LookupError as gone:
            self.store.clear(upload.folder)
            raise UploadGone(upload.id) from gone
        done = read_upload(self.catalog, upload.id)
        self.clear(done)
        return done

    def clear(self, upload: Upload) -> None:
        """Remove an upload's pieces; what is not whole is given up. Raises StoreError, CatalogError."""
        self.store.clear(upload.folder)
        note_cleared(self.catalog, upload)

    def sweep(self) -> None:
        """Complete what is whole, give up what has expired, and end what was to take another photo's place.

        Raises StoreError, CatalogError.
        """
        for upload in uploads_to_end(self.catalog):
            try:
                self.clear(self.complete(upload) if upload.is_whole else upload)
            except (UploadRefused, UploadGone, UploadMoved) as end:
                log.info("%s: %s: %s", upload.key, upload.id, end)
        place_takes(self.store, self.catalog)

    def _look(self, upload: Upload, data: bytes) -> str:
        """Return a photo's format by its first bytes. Raises UploadRefused, after which the upload is gone."""
        try:
            return recognise(data)
        except PhotoRejected as rejected:
            self.clear(upload)
            unknown = rejected.reason is RejectionReason.UNSUPPORTED_FORMAT
            refusal = UploadRefusal.UNKNOWN_FORMAT if unknown else UploadRefusal.NO_PHOTO
            raise UploadRefused(refusal) from rejected

    def _is_there(self, place: str, data: bytes) -> bool:
        """Return whether a photo lies in its place already: written again, it would look like a new one."""
        try:
            return self.store.get(place, limit=len(data)) == data
        except ObjectMissing:
            return False
