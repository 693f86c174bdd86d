using Halley.Data;

namespace Halley.Registry.Tests;

static class Faults
{
    /// <summary>Runs work that must fail with a <see cref="HalleyException"/>, and hands that back.</summary>
    public static async Task<HalleyException> OfAsync(Func<Task> work) => await Assert.ThrowsAsync<HalleyException>(work);
}
