namespace Halley.Chaos;

/// <summary>A store's folder of one test, removed with it.</summary>
sealed class ChaosFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("halley-chaos-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
