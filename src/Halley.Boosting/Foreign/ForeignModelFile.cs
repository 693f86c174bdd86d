using System.IO.Compression;
using Halley.Data;

namespace Halley.Boosting;

/// <summary>Reads models of XGBoost (JSON, UBJSON), LightGBM (text), CatBoost (cbm, JSON) and ONNX, gzip or not. Which one, the bytes tell.</summary>
public static class ForeignModelFile
{
    /// <summary>Largest file read, unpacked: 1 GiB.</summary>
    public const long MaximumBytes = 1L << 30;

    /// <exception cref="HalleyException">HLY2220: the file is malformed; HLY2221: it holds what can't be carried.</exception>
    public static ForeignModel Read(string path)
    {
        var length = new FileInfo(path).Length;
        if (length > MaximumBytes)
            throw ForeignErrors.Unsupported("whole", $"it has {length} bytes, more than {MaximumBytes}.", "Fit a smaller model.");
        return Read(File.ReadAllBytes(path));
    }

    /// <inheritdoc cref="Read(string)"/>
    public static ForeignModel Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0x1f, 0x8b, ..])
            bytes = Unpack(bytes);
        if (bytes.IsEmpty)
            throw ForeignErrors.MalformedAt("byte 0", $"the file is empty.");
        if (LightGbmReader.Recognises(bytes))
            return LightGbmReader.Read(bytes);
        if (CatBoostBinary.Recognises(bytes))
            return CatBoostBinary.Read(bytes);
        if (OnnxGraph.Recognises(bytes))
            return OnnxReader.Read(bytes);
        var first = bytes[bytes.IndexOfAnyExcept(" \t\r\n"u8) is >= 0 and var at ? at : 0];
        if (first is not ((byte)'{' or (byte)'['))
            throw ForeignErrors.Unsupported(
                "byte 0",
                $"it starts with byte {first}: neither XGBoost's JSON or UBJSON, LightGBM's text, CatBoost's cbm or JSON, nor ONNX.",
                "Save the model in one of these formats."
            );
        // JSON has a quote or a brace after its opening brace; UBJSON a type marker.
        var document = IsJson(bytes) ? JsonDocumentReader.Read(bytes) : UbjsonReader.Read(bytes);
        if (document.Members?.ContainsKey("features_info") == true)
            return CatBoostJson.Read(document);
        if (document.Members?.ContainsKey("learner") != true)
            throw ForeignErrors.MalformedAt(
                "document",
                $"it is neither an XGBoost model (no 'learner') nor a CatBoost one (no 'features_info')."
            );
        return XGBoostReader.Read(document);
    }

    static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[(bytes.IndexOfAny((byte)'{', (byte)'[') + 1)..].TrimStart(" \t\r\n"u8);
        return rest.IsEmpty
            || rest[0] is (byte)'"' or (byte)'}' or (byte)']'
            || bytes[0] == '[' && rest[0] == '[' && !bytes.Contains((byte)'#');
    }

    /// <summary>Unpacks up to <see cref="MaximumBytes"/>: what a gzip file claims of its size is not believed.</summary>
    static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        using var source = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        using var result = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            while (source.Read(buffer) is > 0 and var count)
            {
                if (result.Length + count > MaximumBytes)
                    throw ForeignErrors.Unsupported(
                        "gzip",
                        $"unpacked it has more than {MaximumBytes} bytes.",
                        "Fit a smaller model."
                    );
                result.Write(buffer, 0, count);
            }
        }
        catch (InvalidDataException problem)
        {
            throw ForeignErrors.MalformedAt("gzip", $"it can't be unpacked: {problem.Message}", problem);
        }
        return result.ToArray();
    }
}
