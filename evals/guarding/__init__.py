"""How well the guard tells honest drafts from lies: on our own questions (`lies`) and on TAT-QA (`tatqa`)."""
