"""llama.cpp in a child process: its program, its prompts, its KV cache."""
