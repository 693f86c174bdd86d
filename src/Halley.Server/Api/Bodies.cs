using System.Buffers;
using System.IO.Pipelines;

namespace Halley.Server;

/// <summary>Reads the body of a request up to a limit; a larger one is refused without being kept.</summary>
static class Bodies
{
    /// <returns>The whole body, or null where it is larger than <paramref name="limit"/> bytes.</returns>
    /// <exception cref="SlowRequestException">It does not come in the time that a request may take.</exception>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit)
            return null;
        // Most bodies came with their head, so that nothing has to be waited for.
        var reader = request.BodyReader;
        if (!reader.TryRead(out var first))
            return await ReadSlowAsync(request, limit);
        if (first.IsCompleted || first.Buffer.Length > limit)
            return Take(reader, first, limit);
        reader.AdvanceTo(first.Buffer.Start, first.Buffer.End);
        return await ReadSlowAsync(request, limit);
    }

    static async Task<byte[]?> ReadSlowAsync(HttpRequest request, int limit)
    {
        var context = request.HttpContext;
        var time = context.RequestServices.GetRequiredService<ServerOptions>().Hosting.RequestTime;
        using var end = new CancellationTokenSource(time);
        // A read that is broken off by a token leaves the reader unusable for what Kestrel does next; a cancelled one does not.
        using var ending = end.Token.UnsafeRegister(reader => ((PipeReader)reader!).CancelPendingRead(), request.BodyReader);
        while (true)
        {
            var result = await request.BodyReader.ReadAsync(context.RequestAborted);
            if (result.IsCompleted || result.Buffer.Length > limit)
                return Take(request.BodyReader, result, limit);
            request.BodyReader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCanceled)
                throw new SlowRequestException(isBody: true, time);
        }
    }

    static byte[]? Take(PipeReader reader, ReadResult result, int limit)
    {
        var body = result.Buffer.Length > limit ? null : result.Buffer.ToArray();
        reader.AdvanceTo(result.Buffer.End);
        return body;
    }
}
