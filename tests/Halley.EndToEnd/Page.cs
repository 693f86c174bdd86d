using System.Diagnostics;

namespace Halley.EndToEnd;

/// <summary>A page as a browser shows it.</summary>
static class Page
{
    /// <summary>The document after the page's own script has drawn it; skips the running test where there is no browser.</summary>
    public static async Task<string> TextAsync(string address)
    {
        var browser = Tool.Require("chromium", "chromium");
        var profile = Directory.CreateTempSubdirectory("halley-browser-").FullName;
        string[] arguments =
        [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            $"--user-data-dir={profile}",
            "--virtual-time-budget=6000",
            "--dump-dom",
            address,
        ];
        using var process = Process.Start(
            new ProcessStartInfo(browser, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await errors;
        Directory.Delete(profile, recursive: true);
        return text;
    }
}
