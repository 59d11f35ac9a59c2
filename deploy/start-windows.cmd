@echo off
rem Double-click to start MyLLM; scan the QR code to pair a phone; close the window to stop it.
rem A shortcut to this file in shell:startup starts it whenever you log in.
chcp 65001 >nul
cd /d "%~dp0.."
where py >nul 2>nul
if errorlevel 1 (
    python manage.py serve %*
) else (
    py -3 manage.py serve %*
)
if errorlevel 1 pause
