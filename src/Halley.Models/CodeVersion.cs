using System.Reflection;

namespace Halley.Models;

/// <summary>The version of the code that is running, as artefacts and runs record it.</summary>
public static class CodeVersion
{
    /// <summary>For example <c>0.1.0+3f2a9c1…</c>: version, and the commit where the build knew it.</summary>
    public static string Current { get; } =
        typeof(CodeVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";
}
