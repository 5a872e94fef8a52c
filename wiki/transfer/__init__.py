"""Files in and out: folders of Markdown today, other formats later. Knows no room."""
