using Spectre.Console;

namespace Halley.Cli;

/// <summary>Lines of text on a console: never folded, nothing in them is markup.</summary>
static class PlainLines
{
    public static void WriteLine(this IAnsiConsole console, string text = "") => console.Profile.Out.Writer.WriteLine(text);
}
