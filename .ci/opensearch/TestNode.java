import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/**
 * One OpenSearch node in this process, with its modules taken from the class path instead of a modules folder.
 * The arguments are settings, key=value; the process ends at SIGTERM as the real one does.
 */
public final class TestNode extends Node {
    private TestNode(Environment environment, Collection<PluginInfo> modules) {
        super(environment, modules, true);
    }

    private static PluginInfo module(String className) {
        return new PluginInfo(className, "from the class path", "", Version.CURRENT,
            Integer.toString(Runtime.version().feature()), className, null, List.of(), false);
    }

    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder();
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            settings.put(pair[0], pair[1]);
        }
        Path config = Path.of(settings.get("path.home"), "config");
        Files.createDirectories(config);
        TestNode node = new TestNode(new Environment(settings.build(), config), List.of(
            module("org.opensearch.transport.Netty4ModulePlugin"),
            module("org.opensearch.analysis.common.CommonAnalysisModulePlugin"),
            module("org.opensearch.index.mapper.MapperExtrasModulePlugin")));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (Exception e) {
                e.printStackTrace();
            }
            ended.countDown();
        }));
        node.start();
        ended.await();
    }
}
