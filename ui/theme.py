"""How the page looks: paper, ink, and fonts of the reader's own system."""

import gradio as gr

TEAL = gr.themes.Color(
    "#e6f1ef", "#cfe4e0", "#a5cdc6", "#78b3aa", "#43938a", "#1a766d", "#0f5f59", "#0c4d48", "#0a3d3a", "#08312e", "#061f1d", name="teal"
)
FONTS = ("PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")


def theme() -> gr.themes.Base:
    """Calm, and without a font that would have to be fetched."""
    fonts = [gr.themes.Font(name) for name in FONTS]
    made = gr.themes.Base(
        primary_hue=TEAL,
        secondary_hue=TEAL,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_md,
        font=fonts,
        font_mono=fonts,
    )
    return made.set(
        body_background_fill="#f8f6f1",
        block_background_fill="#ffffff",
        input_background_fill="#ffffff",
        input_background_fill_dark="*neutral_800",
        input_border_width="1px",
        input_placeholder_color="#6b6862",
        input_placeholder_color_dark="#a9a49c",
        block_radius="12px",
        block_label_text_color="#5c5954",
        block_title_text_color="#5c5954",
        button_primary_background_fill="#0f5f59",
        button_primary_background_fill_hover="#0b4a45",
        button_primary_text_color="#ffffff",
        checkbox_label_background_fill_selected="*primary_50",
        checkbox_label_background_fill_selected_dark="*primary_900",
        checkbox_background_color_selected="#0f5f59",
    )
