namespace Halley.Models.Tests;

/// <summary>A folder of one test, removed with it.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("halley-models-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
