"""Questions → plans → drafts → verified, cited answers."""
