"""The architectures of GGUF files: which the llama.cpp installed here runs, and what for.

The names: `LLM_ARCH_NAMES` in llama.cpp's `src/llama-arch.cpp`, at the version that xllamacpp has.
"""

from __future__ import annotations

_ENCODERS_NAMES = """
    bert modern-bert nomic-bert nomic-bert-moe neo-bert jina-bert-v2 jina-bert-v3 eurobert
    gemma-embedding gemma-embedding2 llama-embed
"""
ENCODERS = frozenset(_ENCODERS_NAMES.split())
"""They make vectors of text."""

ENCODER_DECODERS = frozenset({"t5", "t5encoder"})

_SPEECH_NAMES = """
    wavtokenizer-dec qwen3tts pockettts whisper
"""
SPEECH = frozenset(_SPEECH_NAMES.split())
"""The last in the files of whisper.cpp's successors alone."""

_IMAGES_NAMES = """
    flux sd1 sd2 sd3 sdxl wan hidream qwen_image lumina2 ltxv aura cosmos
"""
IMAGES = frozenset(_IMAGES_NAMES.split())
"""The diffusion models that ComfyUI and stable-diffusion.cpp read from GGUF files."""

PROJECTORS = frozenset({"clip"})

DRAFTS = frozenset({"eagle3", "dflash", "gemma4-assistant"})
"""They only guess another model's next tokens."""

_CHAT_NAMES = """
    llama llama4 deci falcon grok gpt2 gptj gptneox mpt baichuan starcoder refact bloom stablelm
    qwen qwen2 qwen2moe qwen2vl qwen3 qwen3moe qwen3next qwen3vl qwen3vlmoe qwen35 qwen35moe
    qwen4exp phi2 phi3 phimoe plamo plamo2 plamo3 codeshell orion internlm2 minicpm minicpm3
    gemma gemma2 gemma3 gemma3n gemma4 starcoder2 mamba mamba2 maple jamba falcon-h1 xverse
    command-r cohere2 cohere2moe dbrx olmo olmo2 olmoe openelm arctic deepseek deepseek2
    deepseek2-ocr deepseek32 deepseek4 chatglm glm4 glm4moe glm-dsa glm5-next bitnet jais jais2
    nemotron nemotron_h nemotron_h_moe exaone exaone4 exaone-moe rwkv6 rwkv6qwen2 rwkv7 arwkv7
    granite granitemoe granitehybrid graniteswitch granite_swa chameleon plm bailingmoe
    bailingmoe2 bailingmoe3 dots1 dots3note arcee afmoe laguna ernie4_5 ernie4_5-moe hunyuan-moe
    hunyuan-dense hunyuan_vl hy_v3 hy_v4 smollm3 gpt-oss lfm2 lfm2moe dream smallthinker llada
    llada-moe seed_oss grovemoe apertus minimax-01 minimax-m2 hrm_text cogvlm rnd1
    pangu-embedded mistral3 mistral4 paddleocr mimo2 step35 spark2_5 maincoder kimi-linear
    kimi-k3 talkie mellum nanbeige k2-horizon
"""
CHAT = frozenset(_CHAT_NAMES.split())
