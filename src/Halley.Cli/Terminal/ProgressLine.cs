using System.Globalization;
using Halley.Data;
using Spectre.Console;

namespace Halley.Cli;

/// <summary>One line of progress on standard error: bar, share, time left. Work under a second shows nothing.</summary>
/// <remarks>It is drawn anew by a clock of its own, so that work which reports rarely is seen to run.</remarks>
sealed class ProgressLine : IProgress<FitProgress>, IDisposable
{
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    readonly Lock gate = new();
    readonly IAnsiConsole console;
    readonly TimeProvider clock;
    readonly string title;
    readonly long start;
    readonly ITimer timer;
    FitProgress latest;
    long lastDrawn;
    bool drawn;
    bool ended;

    public ProgressLine(IAnsiConsole console, TimeProvider clock, string title)
    {
        (this.console, this.clock, this.title) = (console, clock, title);
        start = clock.GetTimestamp();
        timer = clock.CreateTimer(_ => DrawIfDue(), null, Quiet, Tick);
    }

    public void Report(FitProgress value)
    {
        lock (gate)
            latest = value;
        DrawIfDue();
    }

    void DrawIfDue()
    {
        lock (gate)
        {
            var elapsed = clock.GetElapsedTime(start);
            var pause = IsTerminal ? Pause : Quiet * 5;
            if (ended || elapsed < Quiet || (drawn && clock.GetElapsedTime(lastDrawn) < pause))
                return;
            lastDrawn = clock.GetTimestamp();
            Draw(latest, elapsed);
        }
    }

    bool IsTerminal => console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal;

    void Draw(FitProgress value, TimeSpan elapsed)
    {
        var fraction = Math.Clamp(value.Fraction, 0, 1);
        var left = fraction > 0.01 ? $", {Text(elapsed * ((1 - fraction) / fraction))} left" : "";
        var filled = (int)Math.Round(fraction * 24);
        var bar = new string('━', filled) + new string('─', 24 - filled);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{title} {bar} {fraction, 4:P0}{left}  {value.Stage}{(value.Detail is null ? "" : ": " + value.Detail)}"
        );
        drawn = true;
        if (IsTerminal)
            console.Profile.Out.Writer.Write(
                $"\r\u001b[2K{text[..Math.Min(text.Length, Math.Max(20, console.Profile.Width - 1))]}"
            );
        else
            console.Profile.Out.Writer.WriteLine(text);
        console.Profile.Out.Writer.Flush();
    }

    static string Text(TimeSpan left) =>
        left.TotalSeconds < 90
            ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalSeconds:0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{left.TotalMinutes:0.0} min");

    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            ended = true;
            if (drawn && IsTerminal)
                console.Profile.Out.Writer.Write("\r\u001b[2K");
        }
    }
}
